"""σ' is a (1 − a) of the sigmoid's value a, not of its input.

Loses: depth.norms.sigmoid
"""

import numpy as np


def gradient_norms(weights, x, activation):
    inputs, slopes = [x], []
    for w in weights:
        z = w @ inputs[-1]
        a = 1 / (1 + np.exp(-z)) if activation == "sigmoid" else np.maximum(z, 0)
        slopes.append(z * (1 - z) if activation == "sigmoid" else (z > 0) * 1.0)
        inputs.append(a)
    norms, back = [], np.ones(len(inputs[-1]))
    for w, a, slope in zip(weights[::-1], inputs[-2::-1], slopes[::-1]):
        at_z = back * slope
        norms.append(np.linalg.norm(np.outer(at_z, a)))
        back = w.T @ at_z
    return np.array(norms[::-1])
