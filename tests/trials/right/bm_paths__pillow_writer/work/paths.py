import matplotlib
matplotlib.use("Agg")
import numpy as np
import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation, PillowWriter


def limits(values):
    low, high = values.min(), values.max()
    room = 0.1 * (high - low) + 0.1
    return low - room, high + room


def animate_paths(paths, file):
    everything = np.concatenate(list(paths.values()))
    xlim, ylim = limits(everything[:, 0]), limits(everything[:, 1])
    fig, ax = plt.subplots(figsize=(5, 4), dpi=80)
    X, Y = np.meshgrid(np.linspace(*xlim, 120), np.linspace(*ylim, 120))
    Z = 10 * X ** 2 + Y ** 2
    ax.contour(X, Y, Z, levels=np.linspace(0, Z.max(), 12)[1:-1], colors="lightgray", linewidths=0.8)
    lines = {}
    for label, path in paths.items():
        (lines[label],) = ax.plot(path[:1, 0], path[:1, 1], marker="o", markersize=3, label=label)
    ax.set(xlim=xlim, ylim=ylim, xlabel="x", ylabel="y", title="descent on 10 x² + y²")
    ax.legend(fontsize=7)

    rows = len(next(iter(paths.values())))

    def draw(t):
        for label, path in paths.items():
            lines[label].set_data(path[: t + 1, 0], path[: t + 1, 1])
        return list(lines.values())

    FuncAnimation(fig, draw, frames=rows, init_func=lambda: draw(0)).save(file, writer=PillowWriter(fps=10))
    draw(rows - 1)
    return fig
