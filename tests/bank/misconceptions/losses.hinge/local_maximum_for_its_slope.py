"""This is the maximum's value; its derivative is 1 or 0.

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
        (np.maximum(above, 0),),
        (-1.0,),
        (np.maximum(above, 0), 1 - onehot),
        (1.0,),
    ]
