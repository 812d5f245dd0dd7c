"""The derivative of a − b by b is −1, not 1.

Loses: activations.tanh.local
"""

import numpy as np


def tanh_local_derivatives(z):
    rising, falling = np.exp(z), np.exp(-z)
    above, below = rising - falling, rising + falling
    last = (1 / below, -above / below**2)
    return [(-1.0,), (rising,), (falling,), (1.0, 1.0), (1.0, 1.0), last]
