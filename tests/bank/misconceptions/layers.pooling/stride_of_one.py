"""Windows move by one place and overlap; they move by two.

Loses: layers.pooling.forward
"""

import numpy as np


def pool_forward(x):
    return np.lib.stride_tricks.sliding_window_view(x, (2, 2), axis=(2, 3)).max(axis=(4, 5))
