"""The product rule is half done: in z · step(z) the step's own slope is 0, and no z is left over.

Loses: activations.relu.derivative
"""

import numpy as np


def relu_derivative(z):
    return np.where(z > 0, z + 1, 0)
