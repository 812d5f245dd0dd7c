"""The loss has no factor ½, so that the derivative of the square keeps its 2.

Loses: backprop.six_weights.w1_11, backprop.six_weights.w1_12, backprop.six_weights.w1_21, backprop.six_weights.w1_22, backprop.six_weights.w2_11, backprop.six_weights.w2_12
"""

import numpy as np


def gradients(x, targets, weights):
    x1, x2 = x[:, 0], x[:, 1]
    h1 = np.tanh(weights["w1_11"] * x1 + weights["w1_12"] * x2)
    h2 = np.tanh(weights["w1_21"] * x1 + weights["w1_22"] * x2)
    y = 1 / (1 + np.exp(-(weights["w2_11"] * h1 + weights["w2_12"] * h2)))
    at_output = (y - targets) * y * (1 - y)
    at_h1 = at_output * weights["w2_11"] * (1 - h1**2)
    at_h2 = at_output * weights["w2_12"] * (1 - h2**2)
    return {
        "w1_11": np.mean(at_h1 * x1),
        "w1_12": np.mean(at_h1 * x2),
        "w1_21": np.mean(at_h2 * x1),
        "w1_22": np.mean(at_h2 * x2),
        "w2_11": np.mean(at_output * h1),
        "w2_12": np.mean(at_output * h2),
    }
