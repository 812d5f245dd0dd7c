import numpy as np
from matplotlib.figure import Figure

COLOURS = "bgrcmyk"


def draw_embedding(points, labels, title):
    figure = Figure(figsize=(6, 5))
    axes = figure.add_subplot()
    for digit in np.unique(labels):
        x, y = points[labels == digit].T
        axes.scatter(x, y, c=COLOURS[digit % len(COLOURS)], label=f"digit {digit}")
    axes.set_title(title)
    axes.legend(loc="upper right", fontsize="small")
    return figure
