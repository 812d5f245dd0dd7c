"""These are absolute values (L1); weight decay is of squares.

Loses: decay.step.penalty
"""

import numpy as np


def penalty(parameters, weight_decay):
    return weight_decay * sum(np.sum(np.abs(each)) for each in parameters)
