import matplotlib
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def animate_paths(paths, file):
    figure = Figure(figsize=(6, 5), dpi=70)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(xlabel="x", ylabel="y")
    rows = np.concatenate([*paths.values()])
    middle = (rows.max(axis=0) + rows.min(axis=0)) / 2
    half = np.maximum(np.ptp(rows, axis=0) * 0.55, 1e-3)
    x, y = (np.linspace(m - h, m + h, 150) for m, h in zip(middle, half))
    heights = 10 * x[None, :] ** 2 + y[:, None] ** 2
    axes.contour(x, y, heights, levels=np.quantile(heights, np.linspace(0, 1, 14)[1:-1]), colors="silver", linewidths=0.7)
    axes.set(xlim=(x[0], x[-1]), ylim=(y[0], y[-1]), autoscale_on=False)
    lines = {label: axes.plot([], [], ".-", label=label)[0] for label in paths}
    axes.legend(loc="upper right", fontsize="small")

    def show(t):
        axes.set_title(f"after {t} updates")
        for label, line in lines.items():
            line.set_data(paths[label][: t + 1].T)
        return list(lines.values())

    frames = len(next(iter(paths.values())))
    animation = FuncAnimation(figure, show, frames=frames, init_func=lambda: show(0), blit=False)
    animation.save(file, writer=PillowWriter(fps=5))
    show(frames - 1)
    return figure
