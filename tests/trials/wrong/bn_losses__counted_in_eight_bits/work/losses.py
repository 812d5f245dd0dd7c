import numpy as np
from numpy import newaxis


def _hits(scores, labels, margin):
    own = scores[range(len(scores)), labels]
    above = scores - own[:, newaxis] + margin
    above[range(len(scores)), labels] = 0.0
    return np.maximum(above, 0.0)


def hinge(scores, labels, margin):
    return _hits(scores, labels, margin).sum(axis=1).mean()


def hinge_gradient(scores, labels, margin):
    mask = (_hits(scores, labels, margin) > 0).astype(np.int8)
    mask[range(len(mask)), labels] = -np.sum(mask, axis=1, dtype=np.int8)
    return mask / len(mask)


def hinge_decomposition():
    return [("p", "multiply", ("scores", "onehot")), ("r", "sum", ("p",)), ("d", "subtract", ("scores", "r")),
            ("v", "add", ("d", "margin")), ("c", "maximum", ("v", 0.0)), ("t", "sum", ("c",)),
            ("loss", "subtract", ("t", "margin"))]


def hinge_local_derivatives(scores, onehot, margin):
    v = scores - scores @ onehot + margin
    return [(onehot, scores), (1.0,), (1.0, -1.0), (1.0, 1.0), (np.where(v > 0, 1.0, 0.0),), (1.0,), (1.0, -1.0)]
