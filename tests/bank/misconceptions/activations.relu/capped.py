"""This is capped at 6; the rectifier has no upper end.

Loses: activations.relu.value
"""

import numpy as np


def relu(z):
    return np.clip(z, 0, 6)
