# Fill in the bodies: each docstring says what is asked.
"""A fully connected layer as a convolution.

A dense layer takes an image of C channels, H rows and W columns as one long vector, in NumPy's order: the pixel in
channel c, row i and column j is the entry (c · H + i) · W + j of it. Output o of the layer is

    y[o] = Σ over all entries e of weights[o, e] · vector[e]  +  bias[o]

A convolution is, here as in deep learning, a correlation: kernel entry (c, i, j) is multiplied by the pixel in
channel c that lies i rows below and j columns right of the kernel's upper left corner. There is no padding, and the
stride is 1.

Conventions of this module: `weights` has shape (outputs, C · H · W), `bias` (outputs,). Arrays that are passed in are
left as they were. Results are float64 or float32.
"""

import numpy as np


def dense_kernels(weights: np.ndarray, channels: int, height: int, width: int) -> np.ndarray:
    """Return the kernels whose convolution of an image of that size gives the layer's outputs but for the bias.

    Their shape is (outputs, channels, height, width).
    """
    raise NotImplementedError("dense.kernels")


def dense_everywhere(image: np.ndarray, weights: np.ndarray, bias: np.ndarray, height: int, width: int) -> np.ndarray:
    """Return what the layer, made for images of `height` rows and `width` columns, says of each part of a larger one.

    `image` has shape (C, J, K), with J >= height and K >= width. The result is the convolution of the image with the
    layer's kernels, plus the bias, of shape (outputs, J − height + 1, K − width + 1): entry (o, r, c) is output o of
    the layer on rows r to r + height − 1 and columns c to c + width − 1.
    """
    raise NotImplementedError("dense.everywhere")
