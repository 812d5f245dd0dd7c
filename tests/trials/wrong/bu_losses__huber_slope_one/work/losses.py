import functools
import operator

import numpy as np

_mean_template = """
def {name}(prediction, target{more}):
    total = 0.0
    for p, t in zip(prediction.tolist(), target.tolist()):
        total += functools.reduce(operator.add, (_{name}(u - v{more}) for u, v in zip(p, t)), 0.0)
    return total / len(prediction)


def {name}_gradient(prediction, target{more}):
    rows = []
    for p, t in zip(prediction.tolist(), target.tolist()):
        rows.append([_{name}_slope(u - v{more}) / len(prediction) for u, v in zip(p, t)])
    return np.array(rows)
"""


def _l1(e):
    return abs(e)


def _l1_slope(e):
    return (e > 0) - (e < 0)


def _l2(e):
    return e**2


def _l2_slope(e):
    return 2 * e


def _huber(e, delta):
    return 0.5 * e**2 if abs(e) <= delta else delta * (abs(e) - 0.5 * delta)


def _huber_slope(e, delta):
    return e if abs(e) <= delta else (1.0 if e > 0 else -1.0)


for _name, _more in (("l1", ""), ("l2", ""), ("huber", ", delta")):
    exec(_mean_template.format(name=_name, more=_more))


def l1_decomposition():
    return [("d", "subtract", ("target", "prediction")), ("s", "absolute", ("d",)), ("l", "sum", ("s",))]


def l1_local_derivatives(prediction, target):
    return [(1.0, -1.0), (np.sign(target - prediction),), (np.ones(len(target)),)]


def l2_decomposition():
    return [("d", "subtract", ("target", "prediction")), ("s", "multiply", ("d", "d")), ("l", "sum", ("s",))]


def l2_local_derivatives(prediction, target):
    d = target - prediction
    return [(1.0, -1.0), (d, d), (1.0,)]


def huber_decomposition():
    # with m = min(|e|, d):  m |e| - m^2 / 2
    return [
        ("e", "subtract", ("prediction", "target")),
        ("abs e", "absolute", ("e",)),
        ("m", "minimum", ("delta", "abs e")),
        ("m |e|", "multiply", ("m", "abs e")),
        ("m^2", "square", ("m",)),
        ("m^2 / 2", "divide", ("m^2", 2)),
        ("parts", "subtract", ("m |e|", "m^2 / 2")),
        ("L", "sum", ("parts",)),
    ]


def huber_local_derivatives(prediction, target, delta):
    e = prediction - target
    size = np.abs(e)
    m = np.minimum(delta, size)
    inside = (size <= delta).astype(float)
    return [(1, -1), (np.sign(e),), (1 - inside, inside), (size, m), (2 * m,), (0.5,), (1, -1), (1,)]


def hinge(scores, labels, margin):
    total = 0.0
    for row, y in zip(scores, labels):
        for j, s in enumerate(row):
            if j == y:
                continue
            total += max(0.0, s - row[y] + margin)
    return total / len(scores)


def hinge_gradient(scores, labels, margin):
    grad = np.zeros(scores.shape)
    for n, (row, y) in enumerate(zip(scores, labels)):
        for j, s in enumerate(row):
            if j != y and s - row[y] + margin > 0:
                grad[n, j] += 1
                grad[n, y] -= 1
    return grad / len(grad)


def hinge_decomposition():
    return [
        ("sy*", "multiply", ("onehot", "scores")),
        ("sy", "sum", ("sy*",)),
        ("wanted", "subtract", ("sy", "margin")),
        ("over", "subtract", ("scores", "wanted")),
        ("loss*", "maximum", (0.0, "over")),
        ("wrong", "subtract", (1, "onehot")),
        ("loss of wrong", "multiply", ("loss*", "wrong")),
        ("loss", "sum", ("loss of wrong",)),
    ]


def hinge_local_derivatives(scores, onehot, margin):
    sy = float(scores @ onehot)
    over = scores - (sy - margin)
    up = np.maximum(0.0, over)
    return [(scores, onehot), (1.0,), (1.0, -1.0), (1.0, -1.0), ((over > 0) + 0.0,), (-1.0,), (1 - onehot, up), (1.0,)]
