"""The derivative of a maximum is 0 where the other operand is greater.

Loses: losses.hinge.local
"""

import numpy as np


def hinge_local_derivatives(scores, onehot, margin):
    above = scores - (scores @ onehot - margin)
    return [
        (scores, onehot),
        (1.0,),
        (1.0, -1.0),
        (1.0, -1.0),
        (np.ones_like(above),),
        (-1.0,),
        (np.maximum(above, 0), 1 - onehot),
        (1.0,),
    ]
