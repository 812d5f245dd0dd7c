"""Colours follow the order of the points and not their digits.

Loses: pictures.embedding.points
"""

from matplotlib import pyplot as plt


def draw_embedding(points, labels, title):
    figure, axes = plt.subplots()
    for digit in range(10):
        mine = points[digit::10]
        axes.scatter(mine[:, 0], mine[:, 1], color=f"C{digit}", label=f"digit {digit}")
    axes.set_title(title)
    axes.legend()
    return figure
