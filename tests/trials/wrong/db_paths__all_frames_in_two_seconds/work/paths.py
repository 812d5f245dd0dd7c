import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image


def limits(paths):
    """Return the least and the largest x and y of all rows, with a margin."""
    rows = np.concatenate(list(paths.values()))
    low, high = rows.min(axis=0), rows.max(axis=0)
    margin = 0.1 * (high - low) + 1e-3
    return low - margin, high + margin


def animate_paths(paths, file):
    figure = Figure(figsize=(6, 5), dpi=64)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    low, high = limits(paths)
    x, y = np.meshgrid(np.linspace(low[0], high[0], 120), np.linspace(low[1], high[1], 120))
    z = 10 * x**2 + y**2
    levels = np.linspace(z.min(), z.max(), 12)[1:-1]
    axes.contour(x, y, z, levels=levels, cmap="Greys", linewidths=0.8)
    lines = {}
    for label in paths:
        (lines[label],) = axes.plot([], [], marker="o", markersize=3, label=label)
    axes.set_xlim(low[0], high[0])
    axes.set_ylim(low[1], high[1])
    axes.set_xlabel("x")
    axes.set_ylabel("y")
    axes.legend(loc="upper right")
    count = len(next(iter(paths.values())))

    def picture(t):
        for label, line in lines.items():
            line.set_data(paths[label][: t + 1, 0], paths[label][: t + 1, 1])
        axes.set_title(f"iteration {t}")
        canvas.draw()
        return Image.fromarray(np.asarray(canvas.buffer_rgba())[:, :, :3].copy()).quantize(128)

    pictures = [picture(t) for t in range(count)]
    pictures[0].save(file, save_all=True, append_images=pictures[1:], duration=2000 // count, loop=0)
    return figure
