"""A legend shows what had a label when the legend was made.

Loses: optimizers.picture.legend
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
    axes.legend()
    lines = {label: axes.plot([], [], label=label)[0] for label in paths}
    frames = []
    for row in range(len(next(iter(paths.values())))):
        for label, line in lines.items():
            line.set_data(*paths[label][: row + 1].T)
        canvas.draw()
        frames.append(Image.fromarray(np.array(canvas.buffer_rgba())).convert("RGB"))
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=125, loop=0)
    return figure
