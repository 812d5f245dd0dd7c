from PIL import Image
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def bowl(x, y):
    return 10 * x * x + y * y


class Film:
    def __init__(self, paths):
        self.paths = {label: np.asarray(path, float) for label, path in paths.items()}
        self.rows = max(map(len, self.paths.values()))
        self.figure = Figure(figsize=(5.5, 5.0), dpi=64)
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.subplots()
        everything = np.vstack(list(self.paths.values()) + [np.zeros((1, 2))])  # the minimum is seen too
        low, high = everything.min(0), everything.max(0)
        margin = 0.08 * (high - low) + 1e-6
        self.low, self.high = low - margin, high + margin
        self.background()
        self.clouds = [self.axes.scatter(*path[:1].T, s=12, label=label) for label, path in self.paths.items()]
        self.counter = self.axes.text(0.02, 0.02, "", transform=self.axes.transAxes)
        self.axes.legend()
        self.axes.set_xlim(self.low[0], self.high[0])
        self.axes.set_ylim(self.low[1], self.high[1])

    def background(self):
        x, y = np.meshgrid(*np.linspace(self.low, self.high, 200).T)
        z = bowl(x, y)
        self.axes.contour(x, y, z, levels=z.max() * np.linspace(0.1, 0.95, 8) ** 2, cmap="Greys_r", linewidths=0.8)
        self.axes.set_xlabel("x")
        self.axes.set_ylabel("y")

    def frame(self, t):
        for cloud, path in zip(self.clouds, self.paths.values()):
            cloud.set_offsets(path[: t + 1])
        self.counter.set_text(f"t = {t}")
        self.canvas.draw()
        return Image.fromarray(np.asarray(self.canvas.buffer_rgba())[..., :3].copy()).quantize(64)


def animate_paths(paths, file):
    film = Film(paths)
    first, *others = (film.frame(t) for t in range(film.rows))
    first.save(file, save_all=True, append_images=others, loop=0, duration=[120] * len(others) + [1500], optimize=False)
    return film.figure
