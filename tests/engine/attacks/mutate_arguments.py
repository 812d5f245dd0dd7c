"""Change the arguments in place, so that what is compared afterwards is whatever the attack likes.

Ends as: failed raised
"""

import numpy as np


def attack(parameters, gradient=None):
    parameters[...] = np.nan
    parameters.resize(0, refcheck=False)
    if gradient is not None:
        for holder in (gradient, type(gradient)):
            for name in ("number", "hessian", "minimum", "start", "points", "values"):
                holder.__dict__.get(name) is None or setattr(holder, name, 0)
    return parameters
