import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image


def animate_paths(paths, file):
    points = np.concatenate([np.asarray(path, dtype=float) for path in paths.values()])
    lowest, highest = points.min(axis=0), points.max(axis=0)
    margin = 0.08 * (highest - lowest) + 0.2
    (left, bottom), (right, top) = lowest - margin, highest + margin

    figure = Figure(figsize=(5.6, 4.4), dpi=72)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    x, y = np.linspace(left, right, 90), np.linspace(bottom, top, 70)
    heights = 10 * x[None, :] ** 2 + y[:, None] ** 2
    axes.contour(x, y, heights, levels=np.quantile(heights, np.linspace(0.03, 0.97, 9)), colors="0.75", linewidths=0.8)
    axes.set(xlim=(left, right), ylim=(bottom, top), xlabel="$x$", ylabel="$y$")

    marks, threads = {}, {}
    for label, path in paths.items():
        marks[label] = axes.scatter(*path[:1].T, s=14, label=label, zorder=3)
        (threads[label],) = axes.plot([], [], lw=0.8, color=marks[label].get_facecolor()[0])
    axes.legend(loc="upper right", fontsize=7)

    rows = len(next(iter(paths.values())))
    frames = []
    for t in range(rows):
        for label, path in paths.items():
            marks[label].set_offsets(path[: t + 1])
            threads[label].set_data(*path[: t + 1].T)
        axes.set_title(f"after {t} updates", fontsize=9)
        canvas.draw()
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
        frames.append(picture.quantize(colors=64))
    durations = [150] * (rows - 1) + [1500]
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=durations, loop=0)
    return figure
