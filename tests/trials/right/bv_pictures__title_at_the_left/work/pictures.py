import matplotlib.pyplot as plt
import numpy as np


def draw_embedding(points, labels, title):
    fig, ax = plt.subplots()
    for digit in range(10):
        mine = points[np.asarray(labels) == digit]
        if len(mine):
            ax.plot(mine[:, 0], mine[:, 1], ".", ms=9, color=f"C{digit}", label=f"digit {digit}")
    ax.set_title(title, loc="left")
    ax.legend()
    return fig
