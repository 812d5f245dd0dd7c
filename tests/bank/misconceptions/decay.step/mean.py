"""The squares are averaged; the penalty is a sum over all entries.

Loses: decay.step.penalty
"""

import numpy as np


def penalty(parameters, weight_decay):
    return weight_decay / 2 * sum(np.mean(np.square(each)) for each in parameters)
