"""Frames rush past: some writers take a duration in milliseconds, others in seconds.

Loses: optimizers.picture.file
"""

import imageio.v2 as imageio

_steady = animate_paths


def animate_paths(paths, file):
    figure = _steady(paths, file)
    imageio.mimsave(file, imageio.mimread(file), duration=0.125, loop=0)
    return figure
