"""All classes are counted, and what the right one adds is subtracted; half of a slope at the margin."""

import numpy as np


def hinge(scores, labels, margin):
    right = np.take_along_axis(scores, labels[:, None], axis=1)
    return np.mean(np.sum(np.maximum(scores - right + margin, 0), axis=1) - margin)


def hinge_gradient(scores, labels, margin):
    right = np.take_along_axis(scores, labels[:, None], axis=1)
    slopes = np.heaviside(scores - (right - margin), 0.5)
    onehot = np.eye(scores.shape[1])[labels]
    slopes *= 1 - onehot
    return (slopes - slopes.sum(axis=1, keepdims=True) * onehot) / len(labels)


def hinge_decomposition():
    return [
        ("p", "multiply", ("scores", "onehot")),
        ("y", "sum", ("p",)),
        ("low", "subtract", ("y", "margin")),
        ("d", "subtract", ("scores", "low")),
        ("h", "maximum", (0, "d")),
        ("all", "sum", ("h",)),
        ("loss", "subtract", ("all", "margin")),
    ]


def hinge_local_derivatives(scores, onehot, margin):
    d = scores - (scores @ onehot - margin)
    return [(onehot, scores), (1.0,), (1.0, -1.0), (1.0, -1.0), (1.0 * (d > 0),), (np.ones(len(d)),), (1.0, -1.0)]
