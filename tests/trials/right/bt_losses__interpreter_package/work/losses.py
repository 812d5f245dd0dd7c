import numpy as np
from tools import run

def _softmax(s):
    e = np.exp(s - s.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)

def cross_entropy(logits, labels):
    s = logits - logits.max(axis=1, keepdims=True)
    lse = np.log(np.exp(s).sum(axis=1))
    return float((lse - s[np.arange(len(s)), labels]).mean())

def cross_entropy_gradient(logits, labels):
    g = _softmax(logits)
    g[np.arange(len(g)), labels] -= 1
    return g / len(g)

def hinge(scores, labels, margin):
    rows = np.arange(len(scores))
    m = np.maximum(0, scores - scores[rows, labels][:, None] + margin)
    m[rows, labels] = 0
    return m.sum() / len(scores)

def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(scores))
    over = (scores - scores[rows, labels][:, None] + margin > 0).astype(float)
    over[rows, labels] = 0
    over[rows, labels] = -over.sum(1)
    return over / len(scores)

def l1(prediction, target):
    return np.abs(prediction - target).sum(axis=1).mean()

def l1_gradient(prediction, target):
    return np.sign(prediction - target) / len(prediction)

def huber(prediction, target, delta):
    a = np.abs(prediction - target)
    return np.where(a <= delta, 0.5 * a * a, delta * (a - 0.5 * delta)).sum(1).mean()

def huber_gradient(prediction, target, delta):
    return np.clip(prediction - target, -delta, delta) / prediction.shape[0]

def l2(prediction, target):
    return np.square(prediction - target).sum(-1).mean()

def l2_gradient(prediction, target):
    return 2 * (prediction - target) / len(target)

def cosine(a, b):
    na, nb = np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1)
    return 1 - np.mean((a * b).sum(1) / (na * nb))

def cosine_gradient(a, b):
    na, nb = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1, keepdims=True)
    c = (a * b).sum(1, keepdims=True) / (na * nb)
    return -(b / (na * nb) - c * a / na**2) / len(a)

PROGRAMS = {
    # all inputs are between -20 and 20: exp does not overflow
    "cross_entropy": (("logits", "onehot"), [("e", "exp", ("logits",)), ("S", "sum", ("e",)), ("ls", "log", ("S",)),
        ("m", "multiply", ("logits", "onehot")), ("s", "sum", ("m",)), ("L", "subtract", ("ls", "s"))]),
    # the right class adds exactly the margin, which is taken off again
    "hinge": (("scores", "onehot", "margin"), [("m", "multiply", ("scores", "onehot")), ("sy", "sum", ("m",)),
        ("d", "subtract", ("scores", "sy")), ("dm", "add", ("d", "margin")), ("v", "maximum", (0.0, "dm")),
        ("all", "sum", ("v",)), ("L", "subtract", ("all", "margin"))]),
    "l1": (("prediction", "target"), [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("L", "sum", ("a",))]),
    # with c = min(|e|, delta): c (|e| - c / 2)
    "huber": (("prediction", "target", "delta"), [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)),
        ("c", "minimum", ("a", "delta")), ("h", "multiply", (0.5, "c")), ("r", "subtract", ("a", "h")),
        ("p", "multiply", ("c", "r")), ("L", "sum", ("p",))]),
    "l2": (("prediction", "target"), [("e", "subtract", ("prediction", "target")), ("q", "square", ("e",)), ("L", "sum", ("q",))]),
    "cosine": (("a", "b"), [("ab", "multiply", ("a", "b")), ("dot", "sum", ("ab",)), ("aa", "square", ("a",)), ("A", "sum", ("aa",)),
        ("bb", "square", ("b",)), ("B", "sum", ("bb",)), ("AB", "multiply", ("A", "B")), ("n", "sqrt", ("AB",)),
        ("c", "divide", ("dot", "n")), ("L", "subtract", (1.0, "c"))]),
}

def _publish(name, inputs, stages):
    def decomposition():
        return list(stages)
    def local_derivatives(*args, **kwargs):
        given = dict(zip(inputs, args)) | kwargs
        return run(stages, **given)[1]
    globals()[name + "_decomposition"] = decomposition
    globals()[name + "_local_derivatives"] = local_derivatives

for _name, (_inputs, _stages) in PROGRAMS.items():
    _publish(_name, _inputs, _stages)
