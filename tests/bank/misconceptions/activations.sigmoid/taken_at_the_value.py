"""Each derivative is taken at the stage's value; take it at the operand.

Loses: activations.sigmoid.local
"""

import numpy as np


def sigmoid_local_derivatives(z):
    power = np.exp(-z)
    below = 1 + power
    return [(-1.0,), (np.exp(power),), (1.0,), (-(below**2),)]
