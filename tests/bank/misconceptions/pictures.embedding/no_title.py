"""The picture does not have the title that was asked for.

Loses: pictures.embedding.points
"""

from matplotlib import pyplot as plt


def draw_embedding(points, labels, title):
    figure, axes = plt.subplots()
    for digit in sorted(set(labels.tolist())):
        mine = points[labels == digit]
        axes.scatter(mine[:, 0], mine[:, 1], color=f"C{digit}", label=f"digit {digit}")
    axes.legend()
    return figure
