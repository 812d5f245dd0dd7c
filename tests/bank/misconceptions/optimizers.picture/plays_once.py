"""Its loop count must be 0, which means for ever.

Loses: optimizers.picture.file
"""

import imageio.v2 as imageio

_repeating = animate_paths


def animate_paths(paths, file):
    figure = _repeating(paths, file)
    imageio.mimsave(file, imageio.mimread(file), duration=125, loop=1)
    return figure
