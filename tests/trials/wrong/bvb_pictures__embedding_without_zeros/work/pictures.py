import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np


def draw_embedding(points, labels, title):
    fig, ax = plt.subplots()
    cmap = plt.get_cmap("tab10")
    for digit in range(1, 10):
        mask = labels == digit
        if mask.any():
            ax.scatter(points[mask, 0], points[mask, 1], color=cmap(digit), label=str(digit), s=15)
    ax.set_title(title)
    ax.legend()
    return fig
