import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter


def animate_paths(paths, file):
    rows = len(next(iter(paths.values())))
    # descent leads from the start to the minimum at (0, 0)
    x_high, y_high = 1.2 * np.abs([path[0] for path in paths.values()]).max(axis=0) + 0.2
    x_low, y_low = -x_high, -y_high
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

    animation = FuncAnimation(figure, draw, frames=rows, init_func=lambda: draw(0))
    animation.save(file, writer=PillowWriter(fps=8))
    plt.close(figure)
    return figure
