"""Ellipses worked out by hand, a large dot at each head, two frames a row, the last one held; gives back the axes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import PillowWriter


def animate_paths(paths, file):
    fig, ax = plt.subplots(figsize=(4, 4), dpi=80)
    angle = np.linspace(0, 2 * np.pi, 200)
    for level in (1, 4, 9, 16):
        ax.plot(np.sqrt(level / 10) * np.cos(angle), np.sqrt(level) * np.sin(angle), color="0.8", lw=1)
    rows_of_all = np.vstack([*paths.values(), [[-2, -5], [2, 5]]])
    (left, low), (right, high) = rows_of_all.min(axis=0), rows_of_all.max(axis=0)
    ax.axis((left - 0.2, right + 0.2, low - 0.2, high + 0.2))
    trails, heads = {}, {}
    for label in paths:
        (trails[label],) = ax.plot([], [], lw=1, label=label)
        (heads[label],) = ax.plot([], [], "o", ms=6, color=trails[label].get_color())
    ax.set(xlabel="x", ylabel="y")
    fig.legend(fontsize=7)
    rows = len(next(iter(paths.values())))
    writer = PillowWriter(fps=20)
    with writer.saving(fig, file, dpi=80):
        for frame in [*range(2 * rows), *[2 * rows - 1] * 3]:
            row = frame // 2
            for label, path in paths.items():
                trails[label].set_data(path[: row + 1, 0], path[: row + 1, 1])
                heads[label].set_data(path[row : row + 1, 0], path[row : row + 1, 1])
            writer.grab_frame()
    return ax
