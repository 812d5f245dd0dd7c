# Fill in the bodies: each docstring says what is asked.
"""The picture of descent: the paths of update rules over the contours of f(x, y) = 10 x² + y², as an animated GIF."""

import numpy as np
from matplotlib.figure import Figure


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
    raise NotImplementedError("optimizers.picture")
