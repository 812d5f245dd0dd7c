"""dx adds up the weights of all outputs: dy is left out.

Loses: layers.linear.dx
"""

import numpy as np


def linear_backward(dy, x, w):
    return np.tile(w.sum(axis=0), (len(x), 1)), dy.T @ x, dy.sum(axis=0)
