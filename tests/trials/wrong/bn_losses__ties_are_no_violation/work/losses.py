import numpy as np


def _violations(scores, labels, margin):
    own = np.take_along_axis(scores, np.asarray(labels)[:, None], axis=1)
    return np.where(scores != own, np.maximum(0, scores - own + margin), 0)


def hinge(scores, labels, margin):
    return np.mean(np.sum(_violations(scores, labels, margin), axis=1))


def hinge_gradient(scores, labels, margin):
    counts = np.sign(_violations(scores, labels, margin))
    counts[np.arange(len(counts)), labels] = -counts.sum(axis=1)
    return counts / len(counts)


def hinge_decomposition():
    return [("p", "multiply", ("scores", "onehot")), ("r", "sum", ("p",)), ("d", "subtract", ("scores", "r")),
            ("v", "add", ("d", "margin")), ("c", "maximum", ("v", 0.0)), ("t", "sum", ("c",)),
            ("loss", "subtract", ("t", "margin"))]


def hinge_local_derivatives(scores, onehot, margin):
    v = scores - scores @ onehot + margin
    return [(onehot, scores), (1.0,), (1.0, -1.0), (1.0, 1.0), (np.where(v > 0, 1.0, 0.0),), (1.0,), (1.0, -1.0)]
