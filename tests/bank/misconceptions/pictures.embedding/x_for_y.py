"""x and y are exchanged.

Loses: pictures.embedding.points
"""

from matplotlib import pyplot as plt


def draw_embedding(points, labels, title):
    figure, axes = plt.subplots()
    for digit in sorted(set(labels.tolist())):
        mine = points[labels == digit]
        axes.scatter(mine[:, 1], mine[:, 0], color=f"C{digit}", label=f"digit {digit}")
    axes.set_title(title)
    axes.legend()
    return figure
