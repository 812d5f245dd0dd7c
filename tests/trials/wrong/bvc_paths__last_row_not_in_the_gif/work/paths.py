import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter


def animate_paths(paths, file):
    everything = np.concatenate(list(paths.values()))
    rows = len(next(iter(paths.values())))
    margin = 0.1 * np.ptp(everything, axis=0) + 0.1
    (x_low, y_low), (x_high, y_high) = everything.min(axis=0) - margin, everything.max(axis=0) + margin
    figure, axes = plt.subplots(figsize=(5, 5), dpi=70)
    x, y = np.meshgrid(np.linspace(x_low, x_high, 100), np.linspace(y_low, y_high, 100))
    heights = 10 * x**2 + y**2
    axes.contour(x, y, heights, levels=np.linspace(heights.min(), heights.max(), 14)[1:-1], cmap="Greys")
    axes.set_xlim(x_low, x_high)
    axes.set_ylim(y_low, y_high)
    axes.set_xlabel("x")
    axes.set_ylabel("y")
    lines = [axes.plot([], [], marker="o", markersize=3, label=label)[0] for label in paths]
    axes.legend(loc="upper right")

    def draw(t):
        for line, path in zip(lines, paths.values()):
            line.set_data(path[: t + 1, 0], path[: t + 1, 1])
        axes.set_title(f"{t} updates")
        return lines

    iterations = rows - 1
    animation = FuncAnimation(figure, draw, frames=iterations, init_func=lambda: draw(0))
    animation.save(file, writer=PillowWriter(fps=8))
    draw(iterations)  # the figure shows the paths whole
    plt.close(figure)
    return figure
