"""The two derivatives of the quotient are exchanged: the numerator's comes first.

Loses: activations.tanh.local
"""

import numpy as np


def tanh_local_derivatives(z):
    rising, falling = np.exp(z), np.exp(-z)
    above, below = rising - falling, rising + falling
    last = (-above / below**2, 1 / below)
    return [(-1.0,), (rising,), (falling,), (1.0, -1.0), (1.0, 1.0), last]
