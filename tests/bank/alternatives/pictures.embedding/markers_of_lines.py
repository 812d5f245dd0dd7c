"""Markers drawn as lines; a title and a legend of the figure's."""

import numpy as np
from matplotlib import pyplot as plt


def draw_embedding(points, labels, title):
    figure = plt.figure()
    figure.suptitle(title)
    axes = figure.gca()
    for digit in np.unique(labels):
        chosen = labels == digit
        axes.plot(points[chosen, 0], points[chosen, 1], ".", label=str(int(digit)))
    figure.legend()
    return figure
