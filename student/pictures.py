# Fill in the bodies: each docstring says what is asked.
"""Pictures of a trained network: its errors epoch by epoch, its activation maps, its bottleneck in the plane.

Each function returns a figure of matplotlib's, of its own, and shows nothing. Sizes, colours and arrangement are up to
you; what each picture must hold is said below, and a person looks at how clearly it says it. Arrays that are passed in
are left as they are.
"""

import numpy as np
from matplotlib.figure import Figure


def draw_errors(record: str) -> Figure:
    """Return a picture of the training and the test errors after each epoch, for each optimizer of a record.

    `record` is text in JSON lines, as `training_run` returns it, with one run for each of its optimizers. "Error" is
    either the loss or 1 − accuracy, as you like, the same in all of the picture.

    For each optimizer two lines, epochs from 1 against errors: one whose label in a legend says "train…", one whose
    label says "test…". The optimizer's name is in the labels too, or in the title of the lines' own axes. All axes
    are labelled, x and y.
    """
    raise NotImplementedError("pictures.errors")


def draw_maps(first: np.ndarray, second: np.ndarray) -> Figure:
    """Return a picture of activation maps, of shapes (4, 28, 28) and (4, 14, 14): at least two of each layer.

    Each map is an image of its own, drawn by `imshow` in one colour scale, in axes of their own. Their title holds the
    layer's number, 1 or 2, and differs from all others. Values may be scaled and shifted to make them visible.
    """
    raise NotImplementedError("pictures.maps")


def draw_embedding(points: np.ndarray, labels: np.ndarray, title: str) -> Figure:
    """Return a picture of points in the plane, shape (N, 2), that tells the digits that they belong to.

    `labels` has shape (N,), whole numbers from 0 to 9. The points of each digit have a colour of their own, and a
    legend or a colour bar says which. The axes have the given title, such as "after epoch 1".
    """
    raise NotImplementedError("pictures.embedding")
