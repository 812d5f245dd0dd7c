"""Each frame is drawn anew and written by imageio; contours of log f, and limits from all paths."""

import imageio.v2 as imageio
import matplotlib.pyplot as plt
import numpy as np


def _frame(axes, paths, row):
    axes.clear()
    everything = np.concatenate(list(paths.values()))
    low, high = everything.min(axis=0) - 0.3, everything.max(axis=0) + 0.3
    x, y = np.linspace(low[0], high[0], 80), np.linspace(low[1], high[1], 80)
    axes.contour(x, y, np.log(10 * x[None, :] ** 2 + y[:, None] ** 2 + 1e-9), levels=8, colors="grey")
    for label, path in paths.items():
        axes.plot(path[: row + 1, 0], path[: row + 1, 1], marker="x", label=label)
    axes.set_xlim(low[0], high[0])
    axes.set_ylim(low[1], high[1])
    axes.set_xlabel("x (steep)")
    axes.set_ylabel("y (flat)")
    axes.set_title(f"iteration {row}")
    axes.legend()


def animate_paths(paths, file):
    figure, axes = plt.subplots()
    frames = []
    for row in range(min(len(path) for path in paths.values())):
        _frame(axes, paths, row)
        figure.canvas.draw()
        frames.append(np.asarray(figure.canvas.buffer_rgba())[..., :3].copy())
    imageio.mimsave(file, frames, format="GIF", duration=200, loop=0)
    return figure
