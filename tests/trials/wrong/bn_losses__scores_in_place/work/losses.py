import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(scores.shape[0])
    margins = np.asarray(scores)
    margins -= margins[rows, labels][:, None].copy()
    margins += margin
    margins[rows, labels] = 0
    return float(margins.clip(min=0).sum() / len(rows))


def hinge_gradient(scores, labels, margin):
    rows = np.arange(scores.shape[0])
    hit = (scores - scores[rows, labels, None] + margin > 0) * 1.0
    hit[rows, labels] -= hit.sum(axis=1)
    return hit / len(rows)


def hinge_decomposition():
    return [("p", "multiply", ("scores", "onehot")), ("r", "sum", ("p",)), ("d", "subtract", ("scores", "r")),
            ("v", "add", ("d", "margin")), ("c", "maximum", ("v", 0.0)), ("t", "sum", ("c",)),
            ("loss", "subtract", ("t", "margin"))]


def hinge_local_derivatives(scores, onehot, margin):
    v = scores - scores @ onehot + margin
    return [(onehot, scores), (1.0,), (1.0, -1.0), (1.0, 1.0), (np.where(v > 0, 1.0, 0.0),), (1.0,), (1.0, -1.0)]
