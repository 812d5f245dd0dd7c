"""The stage that negates z is left out: this is 1 / (1 + exp(z)).

Loses: activations.sigmoid.decomposition, activations.sigmoid.local
"""

import numpy as np


def sigmoid_decomposition():
    return [("e", "exp", ("z",)), ("d", "add", (1, "e")), ("s", "reciprocal", ("d",))]


def sigmoid_local_derivatives(z):
    e = np.exp(z)
    return [(e,), (1.0,), (-1 / (1 + e) ** 2,)]
