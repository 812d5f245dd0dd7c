from dataclasses import dataclass, field
import imageio.v2 as imageio
import numpy as np
from matplotlib.figure import Figure


@dataclass
class Movie:
    paths: dict
    figure: Figure = field(default_factory=lambda: Figure(figsize=(5, 5), dpi=72))

    def __post_init__(self):
        self.axes = self.figure.add_subplot(111)
        points = np.concatenate([*self.paths.values()])
        middle, half = (points.max(0) + points.min(0)) / 2, np.ptp(points, axis=0) * 0.6 + 0.3
        self.left, self.right = middle - half, middle + half
        self.axes.set_xlim(self.left[0], self.right[0])
        self.axes.set_ylim(self.left[1], self.right[1])
        self.axes.set_xlabel("parameter x")
        self.axes.set_ylabel("parameter y")
        self.contours()
        self.points = [self.axes.scatter([], [], s=14, label=label, zorder=3) for label in self.paths]
        self.axes.legend()

    def contours(self):
        xs, ys = (np.linspace(a, b, 150) for a, b in zip(self.left, self.right))
        heights = np.array([[10 * x * x + y * y for x in xs] for y in ys])
        self.axes.contour(xs, ys, heights, np.quantile(heights, [0.1, 0.3, 0.5, 0.7, 0.9]), colors="lightgray")

    def frame(self, row):
        for dots, path in zip(self.points, self.paths.values()):
            dots.set_offsets(path[: row + 1])
        self.figure.canvas.draw()
        return np.array(self.figure.canvas.buffer_rgba())[:, :, :3]


def animate_paths(paths, file):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    movie = Movie({label: np.array(path, float) for label, path in paths.items()})
    FigureCanvasAgg(movie.figure)
    rows = max(map(len, paths.values()))
    imageio.mimsave(file, [movie.frame(row) for row in range(rows)], format="GIF", duration=250, loop=0)
    return movie.figure
