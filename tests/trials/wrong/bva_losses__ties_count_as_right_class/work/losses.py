import numpy as np


def _violations(scores, labels, margin):
    rows = np.arange(len(scores))
    right = scores[rows, labels][:, None]
    violations = np.maximum(0, scores - right + margin)
    violations[scores == right] = 0  # the right class does not count
    return violations


def hinge(scores, labels, margin):
    return float(_violations(scores, labels, margin).sum(axis=1).mean())


def hinge_gradient(scores, labels, margin):
    n = len(scores)
    gradient = (_violations(scores, labels, margin) > 0).astype(float)
    gradient[np.arange(n), labels] = -gradient.sum(axis=1)
    return gradient / n


def hinge_decomposition():
    return [
        ("chosen", "multiply", ("scores", "onehot")),
        ("right", "sum", ("chosen",)),
        ("ahead", "subtract", ("scores", "right")),
        ("shifted", "add", ("ahead", "margin")),
        ("positive", "maximum", ("shifted", 0.0)),
        ("wrong", "subtract", (1.0, "onehot")),
        ("counted", "multiply", ("positive", "wrong")),
        ("loss", "sum", ("counted",)),
    ]


def hinge_local_derivatives(scores, onehot, margin):
    right = (scores * onehot).sum()
    shifted = scores - right + margin
    positive = np.maximum(shifted, 0)
    return [
        (onehot, scores),
        (1.0,),
        (1.0, -1.0),
        (1.0, 1.0),
        ((shifted > 0).astype(float),),
        (-1.0,),
        (1 - onehot, positive),
        (1.0,),
    ]
