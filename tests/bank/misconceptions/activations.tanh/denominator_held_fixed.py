"""The denominator is taken as a constant; it depends on z as well.

Loses: activations.tanh.local
"""

import numpy as np


def tanh_local_derivatives(z):
    rising, falling = np.exp(z), np.exp(-z)
    above, below = rising - falling, rising + falling
    last = (1 / below, 0.0)
    return [(-1.0,), (rising,), (falling,), (1.0, -1.0), (1.0, 1.0), last]
