import numpy as np

def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    m = scores - scores[rows, labels][:, None] + margin
    m[m == margin] = 0        # the right class is the one that violates by just the margin
    return float(np.maximum(m, 0).sum() / len(labels))

def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    m = scores - scores[rows, labels][:, None] + margin
    m[rows, labels] = 0
    g = (m > 0) * 1.0
    g[rows, labels] = -g.sum(axis=1)
    return g / len(labels)

def hinge_decomposition():
    return [("p", "multiply", ("scores", "onehot")), ("y", "sum", ("p",)), ("d", "subtract", ("scores", "y")),
            ("m", "add", ("d", "margin")), ("v", "maximum", ("m", 0.0)), ("w", "subtract", (1.0, "onehot")),
            ("c", "multiply", ("v", "w")), ("loss", "sum", ("c",))]

def hinge_local_derivatives(scores, onehot, margin):
    m = scores - (scores * onehot).sum() + margin
    v = np.maximum(m, 0)
    one = np.ones_like(scores)
    return [(onehot, scores), (one,), (one, -one), (one, one), ((m > 0) * 1.0,), (-one,), (1 - onehot, v), (one,)]
