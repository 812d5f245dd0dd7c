from dataclasses import dataclass

import matplotlib

matplotlib.use("Agg")
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter
from matplotlib.figure import Figure


@dataclass
class Window:
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def around(cls, paths):
        every = np.concatenate([np.asarray(p) for p in paths.values()])
        low, high = every.min(axis=0), every.max(axis=0)
        room = 0.1 * (high - low) + 0.1
        return cls(low - room, high + room)

    def grid(self, n=120):
        return np.meshgrid(*(np.linspace(a, b, n) for a, b in zip(self.low, self.high)))


def animate_paths(paths: dict[str, np.ndarray], file: str) -> Figure:
    figure = Figure(figsize=(6, 4.5), dpi=80)
    axes = figure.add_subplot()
    window = Window.around(paths)
    x, y = window.grid()
    f = x**2 + 10 * y**2
    axes.contour(x, y, f, levels=np.linspace(0, f.max(), 14)[1:], cmap="Greys", linewidths=0.7)
    lines = {}
    for marker, (label, path) in zip("osv^D*xP" * 9, paths.items()):
        lines[label] = axes.plot(path[:1, 0], path[:1, 1], marker=marker, markersize=4, label=label)[0]
    axes.set_xlim(window.low[0], window.high[0])
    axes.set_ylim(window.low[1], window.high[1])
    axes.set(xlabel="x", ylabel="y", title="Paths on 10 x² + y²")
    axes.legend(loc="upper right", fontsize=7)
    rows = max(map(len, paths.values()))

    def draw(t):
        for label, line in lines.items():
            line.set_data(paths[label][: t + 1, 0], paths[label][: t + 1, 1])
        return list(lines.values())

    film = FuncAnimation(figure, draw, frames=rows, init_func=lambda: draw(0), interval=200)
    film.save(file, writer=PillowWriter(fps=5))
    draw(rows - 1)
    return figure
