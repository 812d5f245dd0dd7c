import numpy as np

def _logp(s):
    s = s - s.max(axis=1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))

def _hot(a, labels):
    return np.eye(a.shape[1])[labels]

def cross_entropy(logits, labels):
    p = np.exp(_logp(logits))[np.arange(len(labels)), labels]
    return float(-np.mean(np.log(p + 1e-12)))

def cross_entropy_gradient(logits, labels):
    return (np.exp(_logp(logits)) - _hot(logits, labels)) / len(labels)

def cross_entropy_decomposition():
    return [("e", "exp", ("logits",)), ("z", "sum", ("e",)), ("l", "log", ("z",)), ("p", "multiply", ("logits", "onehot")),
            ("c", "sum", ("p",)), ("y", "subtract", ("l", "c"))]

def cross_entropy_local_derivatives(logits, onehot):
    e = np.exp(logits)
    return [(e,), (1.0,), (1 / e.sum(),), (onehot, logits), (1.0,), (1.0, -1.0)]

def hinge(scores, labels, margin):
    n = np.arange(len(labels))
    v = np.maximum(0, scores - scores[n, labels][:, None] + margin)
    v[n, labels] = 0
    return float(v.sum() / len(labels))

def hinge_gradient(scores, labels, margin):
    n = np.arange(len(labels))
    g = (scores - scores[n, labels][:, None] + margin > 0).astype(float)
    g[n, labels] = 0
    g[n, labels] = -g.sum(axis=1)
    return g / len(labels)

def hinge_decomposition():
    return [("p", "multiply", ("scores", "onehot")), ("s", "sum", ("p",)), ("d", "subtract", ("scores", "s")),
            ("m", "add", ("d", "margin")), ("r", "maximum", (0.0, "m")), ("t", "sum", ("r",)), ("y", "subtract", ("t", "margin"))]

def hinge_local_derivatives(scores, onehot, margin):
    m = scores - (scores * onehot).sum() + margin
    return [(onehot, scores), (1.0,), (1.0, -1.0), (1.0, 1.0), ((m > 0).astype(float),), (1.0,), (1.0, -1.0)]

def l1(prediction, target):
    return float(np.abs(prediction - target).sum() / len(prediction))

def l1_gradient(prediction, target):
    return np.sign(prediction - target) / len(prediction)

def l1_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("y", "sum", ("a",))]

def l1_local_derivatives(prediction, target):
    return [(1.0, -1.0), (np.sign(prediction - target),), (1.0,)]

def huber(prediction, target, delta):
    e = np.abs(prediction - target)
    return float(np.where(e <= delta, 0.5 * e ** 2, delta * (e - 0.5 * delta)).sum() / len(e))

def huber_gradient(prediction, target, delta):
    return np.clip(prediction - target, -delta, delta) / len(prediction)

def huber_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("m", "minimum", ("a", "delta")),
            ("h", "multiply", (0.5, "m")), ("d", "subtract", ("a", "h")), ("q", "multiply", ("m", "d")), ("y", "sum", ("q",))]

def huber_local_derivatives(prediction, target, delta):
    e = prediction - target
    a = np.abs(e)
    m = np.minimum(a, delta)
    inside = (a < delta).astype(float)
    return [(1.0, -1.0), (np.sign(e),), (inside, 1 - inside), (0.5,), (1.0, -1.0), (a - 0.5 * m, m), (1.0,)]

def l2(prediction, target):
    return float(((prediction - target) ** 2).sum() / len(prediction))

def l2_gradient(prediction, target):
    return 2 * (prediction - target) / len(prediction)

def l2_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("s", "square", ("e",)), ("y", "sum", ("s",))]

def l2_local_derivatives(prediction, target):
    return [(1.0, -1.0), (2 * (prediction - target),), (1.0,)]

def cosine(a, b):
    na, nb = np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1)
    return float(np.mean(1 - (a * b).sum(axis=1) / (na * nb)))

def cosine_gradient(a, b):
    na = np.linalg.norm(a, axis=1, keepdims=True)
    nb = np.linalg.norm(b, axis=1, keepdims=True)
    c = (a * b).sum(axis=1, keepdims=True) / (na * nb)
    return -(b / (na * nb) - c * a / na ** 2) / len(a)

def cosine_decomposition():
    return [("ab", "multiply", ("a", "b")), ("dot", "sum", ("ab",)), ("aa", "square", ("a",)), ("sa", "sum", ("aa",)), ("na", "sqrt", ("sa",)),
            ("bb", "square", ("b",)), ("sb", "sum", ("bb",)), ("nb", "sqrt", ("sb",)), ("n", "multiply", ("na", "nb")),
            ("c", "divide", ("dot", "n")), ("y", "subtract", (1.0, "c"))]

def cosine_local_derivatives(a, b):
    dot, na, nb = (a * b).sum(), np.sqrt((a * a).sum()), np.sqrt((b * b).sum())
    n = na * nb
    return [(b, a), (1.0,), (2 * a,), (1.0,), (0.5 / na,), (2 * b,), (1.0,), (0.5 / nb,), (nb, na), (1 / n, -dot / n ** 2), (-1.0,)]
