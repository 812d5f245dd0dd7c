"""The square is missing: the derivative of a/b by b is −a/b².

Loses: activations.tanh.local
"""

import numpy as np


def tanh_local_derivatives(z):
    rising, falling = np.exp(z), np.exp(-z)
    above, below = rising - falling, rising + falling
    last = (1 / below, -above / below)
    return [(-1.0,), (rising,), (falling,), (1.0, -1.0), (1.0, 1.0), last]
