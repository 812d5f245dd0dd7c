"""The derivatives are added up over the classes already: there is one for each entry.

Loses: losses.hinge.local
"""

import numpy as np


def hinge_local_derivatives(scores, onehot, margin):
    above = scores - (scores @ onehot - margin)
    return [
        (scores, onehot),
        (1.0,),
        (1.0, -1.0),
        (1.0, -float(len(scores))),
        ((above > 0).astype(float),),
        (-1.0,),
        (np.maximum(above, 0), 1 - onehot),
        (1.0,),
    ]
