import matplotlib
import numpy as np
from matplotlib.figure import Figure


def draw_embedding(points, labels, title):
    figure = Figure(figsize=(6, 5))
    axes = figure.add_subplot()
    colours = matplotlib.colormaps["tab10"].colors
    groups = []
    for digit in dict.fromkeys(labels.tolist()):
        mask = labels == digit
        groups.append(axes.scatter(points[mask, 0], points[mask, 1], s=20, color=[colours[len(groups)]]))
    axes.legend(groups, [str(digit) for digit in np.unique(labels)], title="digit")
    axes.set_title(title)
    return figure
