"""The derivative of |a| is −1 where a is negative.

Loses: losses.l1.local
"""

import numpy as np


def l1_local_derivatives(prediction, target):
    return [(1.0, -1.0), (np.ones_like(target),), (1.0,)]
