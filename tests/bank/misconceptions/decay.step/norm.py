"""This is the norm; the penalty has its square.

Loses: decay.step.penalty
"""

import numpy as np


def penalty(parameters, weight_decay):
    return weight_decay / 2 * np.sqrt(sum(np.sum(np.square(each)) for each in parameters))
