"""The weights are laid out in Fortran's order, in which the first axis runs fastest.

Loses: dense.kernels.layout
"""

import numpy as np


def dense_kernels(weights, channels, height, width):
    return np.array([row.reshape(channels, height, width, order="F") for row in weights])
