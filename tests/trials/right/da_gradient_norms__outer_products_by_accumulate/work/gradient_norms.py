
from itertools import accumulate

import numpy as np

FUNCTIONS = {
    "sigmoid": (lambda z: np.exp(-np.logaddexp(0, -z)), lambda z: np.exp(-np.logaddexp(0, z) - np.logaddexp(0, -z))),
    "relu": (lambda z: z.clip(0), lambda z: np.float64(z > 0)),
}


def gradient_norms(weights, x, activation):
    value, slope = FUNCTIONS[activation]
    # pairs (what goes into a layer, its z)
    def up(below, w):
        a = value(below[1]) if below[1] is not None else below[0]
        return a, w @ a

    start = (np.array(x, dtype=float), None)
    passed = list(accumulate(weights, up, initial=start))[1:]
    slopes = [slope(z) for _, z in passed]

    def down(delta, layer):
        w, s = layer
        return s * (delta @ w)

    deltas = list(accumulate(zip(weights[:0:-1], slopes[-2::-1]), down, initial=slopes[-1]))[::-1]
    return np.fromiter((np.linalg.norm(d) * np.linalg.norm(a) for d, (a, _) in zip(deltas, passed)), float)
