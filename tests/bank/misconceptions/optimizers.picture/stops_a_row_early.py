"""The animation stops a row early: a path of n updates has n + 1 rows.

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
    lines = {label: axes.plot(*path.T, ".-", label=label)[0] for label, path in paths.items()}
    axes.legend()
    frames = []
    updates = len(next(iter(paths.values()))) - 1
    for row in range(updates):
        for label, line in lines.items():
            line.set_data(*paths[label][: row + 1].T)
        canvas.draw()
        frames.append(Image.fromarray(np.array(canvas.buffer_rgba())).convert("RGB"))
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=125, loop=0)
    for label, line in lines.items():
        line.set_data(*paths[label].T)
    return figure
