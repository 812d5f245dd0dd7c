"""All points have one colour. Give each digit its own.

Loses: pictures.embedding.points
"""

from matplotlib import pyplot as plt


def draw_embedding(points, labels, title):
    figure, axes = plt.subplots()
    for digit in sorted(set(labels.tolist())):
        mine = points[labels == digit]
        axes.scatter(mine[:, 0], mine[:, 1], color="C0", label=f"digit {digit}")
    axes.set_title(title)
    axes.legend()
    return figure
