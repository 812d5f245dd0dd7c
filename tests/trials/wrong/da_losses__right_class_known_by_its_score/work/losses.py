
import numpy as np


def wrong_classes(scores, labels):
    return scores != scores[np.arange(len(labels)), labels][:, None]


def violations(scores, labels, margin):
    own = scores[np.arange(len(labels)), labels][:, None]
    return np.where(wrong_classes(scores, labels), np.maximum(0, scores - own + margin), 0)


def hinge(scores, labels, margin):
    return float(violations(scores, labels, margin).sum() / len(scores))


def hinge_gradient(scores, labels, margin):
    gradient = (violations(scores, labels, margin) > 0).astype(float)
    gradient[np.arange(len(labels)), labels] = -gradient.sum(axis=1)
    return gradient / len(scores)


def hinge_decomposition():
    return [
        ("picked", "multiply", ("scores", "onehot")), ("own", "sum", ("picked",)), ("ahead", "subtract", ("scores", "own")),
        ("short", "add", ("ahead", "margin")), ("parts", "maximum", ("short", 0.0)), ("all", "sum", ("parts",)),
        ("loss", "subtract", ("all", "margin")),
    ]


def hinge_local_derivatives(scores, onehot, margin):
    one = np.ones_like(scores)
    short = scores - np.sum(scores * onehot) + margin
    return [(onehot, scores), (one,), (one, -one), (one, one), ((short > 0) * 1.0,), (one,), (1.0, -1.0)]
