"""The last stage holds 1 − tanh², the derivative of the whole function; give the quotient's own.

Loses: activations.tanh.local
"""

import numpy as np


def tanh_local_derivatives(z):
    rising, falling = np.exp(z), np.exp(-z)
    above, below = rising - falling, rising + falling
    last = (1 - np.tanh(z) ** 2, 1 - np.tanh(z) ** 2)
    return [(-1.0,), (rising,), (falling,), (1.0, -1.0), (1.0, 1.0), last]
