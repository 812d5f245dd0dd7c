"""A recursion from the first layer on, with lists."""

import numpy as np


def gradient_norms(weights, x, activation):
    def from_layer(number, a):
        """Norms from this layer on, and the gradient of the sum by `a`."""
        if number == len(weights):
            return [], np.ones_like(a)
        z = weights[number].dot(a)
        if activation == "relu":
            out = z.clip(0)
            slope = np.heaviside(z, 0.5)
        else:
            out = 0.5 + 0.5 * np.tanh(z / 2)
            slope = out - out * out
        later, above = from_layer(number + 1, out)
        delta = above * slope
        return [np.sqrt((delta**2).sum() * (a**2).sum()), *later], delta @ weights[number]

    return from_layer(0, x)[0]
