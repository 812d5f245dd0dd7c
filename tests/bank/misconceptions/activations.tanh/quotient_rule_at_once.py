"""This is the quotient rule for z at once; give the derivatives by numerator and denominator.

Loses: activations.tanh.local
"""

import numpy as np


def tanh_local_derivatives(z):
    rising, falling = np.exp(z), np.exp(-z)
    above, below = rising - falling, rising + falling
    last = (1.0, -((above / below) ** 2))
    return [(-1.0,), (rising,), (falling,), (1.0, -1.0), (1.0, 1.0), last]
