import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

def animate_paths(paths, file):
    paths = {label: np.asarray(path, dtype=float) for label, path in paths.items()}
    allrows = np.vstack(list(paths.values()))
    reach = 1.2 * np.abs(allrows).max(axis=0) + 0.2

    fig = Figure(figsize=(6, 4.5), dpi=80)
    canvas = FigureCanvasAgg(fig)
    ax = fig.add_subplot()
    x = np.linspace(-reach[0], reach[0], 101)
    y = np.linspace(-reach[1], reach[1], 101)
    z = 10 * x[None, :] ** 2 + y[:, None] ** 2
    ax.contour(x, y, z, levels=12, cmap="Greys", alpha=0.6)
    ax.set_xlim(-reach[0], reach[0])
    ax.set_ylim(-reach[1], reach[1])
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    lines = [ax.plot(path[:1, 0], path[:1, 1], "o-", ms=3, label=label)[0] for label, path in paths.items()]
    ax.legend(loc="best", fontsize=8)

    frames = []
    n = len(allrows) // len(paths)
    for t in range(n):
        for line, path in zip(lines, paths.values()):
            line.set_data(path[:t + 1, 0], path[:t + 1, 1])
        shown = np.vstack([path[:t + 1] for path in paths.values()])
        ax.set_xlim(shown[:, 0].min() - 0.5, shown[:, 0].max() + 0.5)
        ax.set_ylim(shown[:, 1].min() - 0.5, shown[:, 1].max() + 0.5)
        canvas.draw()
        frames.append(Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy()))
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=200, loop=0)
    return fig
