"""The picture of descent: the paths of update rules over the contours of f(x, y) = 10 x² + y², as an animated GIF."""

from itertools import cycle
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

# What tells lines apart, again and again: Okabe and Ito's colours, and marks.
COLOURS = ("#E69F00", "#56B4E9", "#009E73", "#D55E00", "#0072B2", "#CC79A7", "#000000")
LOOKS = list(zip("osD^vPX", COLOURS, strict=True))


def animate_paths(paths: dict[str, np.ndarray], file: str) -> Figure:
    """Write an animated GIF of `paths` to `file`, and return the figure as it stands after the last frame.

    `paths` holds a path for each rule under a label that says which rule it is and with which hyper-parameters,
    such as ``"Momentum, η = 0.02, β = 0.9"``. A path is a float array of shape (n + 1, 2), n being the same for all:
    row 0 is the start, row t holds x and y after t updates.

    The figure has one pair of axes, on which

    - x goes to the right and y upwards, both on linear scales, and each axis says by its label which one it is;
    - all rows of all paths lie within the limits, which stay as they are from the first frame to the last;
    - there are three or more contour lines of f (``Axes.contour``), from a grid of at least 50 × 50 points;
    - each path is one line or one set of markers (``Axes.plot`` or ``Axes.scatter``) through all its rows in
      their order, whose label is the path's; whatever else you draw has another label or none;
    - a legend names all paths by their labels.

    The animation lets the paths grow at the same time. Its first frame shows the starts and none of the later rows,
    and there is a frame or more for each row, up to the last one, which shows the paths whole. A row takes between
    50 ms and 1 s; the last may be shown for longer. The GIF repeats without end and takes at most 5 MB.

    `file` is the path to write to, a text that ends in ``.gif``; write no other file. Matplotlib, Pillow and
    imageio may all be used.
    """
    figure = Figure(layout="constrained")
    canvas: Any = FigureCanvasAgg(figure)
    axes = figure.subplots()
    _draw_contours(axes, np.concatenate(list(paths.values())))
    lines = {
        label: axes.plot([], [], f"{mark}-", color=colour, label=label)[0]
        for label, (mark, colour) in zip(paths, cycle(LOOKS), strict=False)
    }
    figure.legend(loc="outside right upper")
    canvas.draw()
    paper = canvas.copy_from_bbox(figure.bbox)  # all that stays: only the lines are drawn for each frame
    frames = []
    for row in range(len(next(iter(paths.values())))):
        canvas.restore_region(paper)
        for label, line in lines.items():
            line.set_data(*paths[label][: row + 1].T)
            axes.draw_artist(line)
        frame = Image.fromarray(np.array(canvas.buffer_rgba())).convert("RGB")
        frames.append(frame)
    palette = frame.quantize()  # the last frame has the colours of all; finding them takes longer than drawing
    frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=125, loop=0)
    return figure


def _draw_contours(axes: Axes, points: np.ndarray) -> None:
    """Draw contours of f around all points, shape (m, 2), and label the axes."""
    x, y = np.linspace(-1.1, 1.1, 100) * np.abs(points).max(axis=0)[:, None]
    height = 10 * x**2 + y[:, None] ** 2
    axes.contour(x, y, np.sqrt(height), colors="0.8")  # of the root, whose contours lie evenly apart
    axes.set(xlabel="x", ylabel="y", aspect="equal")  # equal scales, or the narrow valley looks like a round bowl
