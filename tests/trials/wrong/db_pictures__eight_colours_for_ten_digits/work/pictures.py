import matplotlib
import numpy as np
from matplotlib.figure import Figure


def draw_embedding(points, labels, title):
    figure = Figure(figsize=(6, 5))
    axes = figure.add_subplot()
    colours = matplotlib.colormaps["Set2"].colors
    for digit in range(10):
        mask = labels == digit
        if mask.any():
            axes.scatter(points[mask, 0], points[mask, 1], s=20, color=[colours[digit % len(colours)]], label=str(digit))
    axes.legend(title="digit")
    axes.set_title(title)
    return figure
