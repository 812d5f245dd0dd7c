"""Nothing says which colour is which digit: draw a colour bar or a legend.

Loses: pictures.embedding.points
"""

from matplotlib import pyplot as plt


def draw_embedding(points, labels, title):
    figure, axes = plt.subplots()
    axes.scatter(points[:, 0], points[:, 1], c=labels, cmap="tab10", vmin=0, vmax=9)
    axes.set_title(title)
    return figure
