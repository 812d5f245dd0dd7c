"""np.max finds the largest entry of all; np.maximum compares entry by entry.

Loses: activations.relu.value
"""

import numpy as np


def relu(z):
    return np.max([z.max(), 0.0])
