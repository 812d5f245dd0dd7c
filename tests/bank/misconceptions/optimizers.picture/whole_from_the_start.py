"""The paths are whole from the first frame on: show the rows up to the present one alone.

Loses: optimizers.picture.animation
"""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image


def animate_paths(paths, file):
    figure = Figure()
    canvas = FigureCanvasAgg(figure)
    axes = figure.subplots()
    _draw_contours(axes, np.concatenate(list(paths.values())))
    for label, path in paths.items():
        axes.plot(*path.T, ".-", label=label)
    axes.legend()
    frames = []
    for row in range(len(next(iter(paths.values())))):
        axes.set_title(f"iteration {row}")
        canvas.draw()
        frames.append(Image.fromarray(np.array(canvas.buffer_rgba())).convert("RGB"))
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=125, loop=0)
    return figure
