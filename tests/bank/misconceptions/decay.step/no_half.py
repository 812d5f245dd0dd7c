"""The half is missing: the term is λ/2 times the sum of squares.

Loses: decay.step.penalty
"""

import numpy as np


def penalty(parameters, weight_decay):
    return weight_decay * sum(np.sum(np.square(each)) for each in parameters)
