"""The image is not padded, so that the outputs are smaller. With "same" padding they are as large as the image.

Loses: layers.convolution.forward
"""

import numpy as np


def conv_forward(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijpq,fcpq->nfij", windows, w) + b[:, None, None]
