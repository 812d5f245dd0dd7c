import sys
from dataclasses import dataclass, field

import numpy as np

import tape

PROGRAMS = {
    "cross_entropy": """
        exps = exp logits
        total = sum exps
        norm = log total
        chosen = multiply logits onehot
        right = sum chosen
        loss = subtract norm right""",
    "hinge": """
        chosen = multiply scores onehot
        right = sum chosen
        ahead = subtract scores right
        violation = add ahead margin
        counted = maximum violation 0
        total = sum counted
        loss = subtract total margin""",
    "l1": """
        error = subtract prediction target
        size = absolute error
        loss = sum size""",
    "huber": """
        error = subtract prediction target
        size = absolute error
        inner = minimum size delta
        half = multiply inner 0.5
        arm = subtract size half
        each = multiply inner arm
        loss = sum each""",
    "l2": """
        error = subtract prediction target
        squared = square error
        loss = sum squared""",
    "cosine": """
        products = multiply a b
        dot = sum products
        aa = multiply a a
        bb = multiply b b
        na = sum aa
        nb = sum bb
        lengths = multiply na nb
        length = sqrt lengths
        cos = divide dot length
        loss = subtract 1 cos""",
}
INPUTS = {
    "cross_entropy": ["logits", "onehot"],
    "hinge": ["scores", "onehot", "margin"],
    "l1": ["prediction", "target"],
    "huber": ["prediction", "target", "delta"],
    "l2": ["prediction", "target"],
    "cosine": ["a", "b"],
}


@dataclass
class Program:
    text: str
    inputs: list = field(default_factory=list)

    def stages(self):
        found = []
        for line in filter(None, map(str.strip, self.text.splitlines())):
            name, _, rest = line.partition(" = ")
            operation, *operands = rest.split()
            found.append((name, operation, tuple(float(o) if o[0].isdigit() else o for o in operands)))
        return found

    def slopes(self, *values):
        return tape.locals_of(self.stages(), **dict(zip(self.inputs, values, strict=True)))


for loss, text in PROGRAMS.items():
    program = Program(text, INPUTS[loss])
    setattr(sys.modules[__name__], loss + "_decomposition", program.stages)
    setattr(sys.modules[__name__], loss + "_local_derivatives", program.slopes)


def _shifted(logits):
    return logits - logits.max(axis=1, keepdims=True)


def cross_entropy(logits, labels):
    s = _shifted(logits)
    rows = np.arange(len(labels))
    return float(np.mean(np.log(np.exp(s).sum(axis=1)) - s[rows, labels]))


def cross_entropy_gradient(logits, labels):
    p = np.exp(_shifted(logits))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


def hinge(scores, labels, margin):
    n = np.arange(len(labels))
    v = np.maximum(0, scores - scores[n, labels][:, None] + margin)
    v[n, labels] = 0
    return v.sum() / len(n)


def hinge_gradient(scores, labels, margin):
    n = np.arange(len(labels))
    g = (scores - scores[n, labels][:, None] + margin > 0).astype(float)
    g[n, labels] = 0
    g[n, labels] = -g.sum(axis=1)
    return g / len(n)


def l1(prediction, target):
    return np.abs(prediction - target).sum(axis=1).mean()


def l1_gradient(prediction, target):
    e = prediction - target
    return e / np.abs(e) / len(e)


def huber(prediction, target, delta):
    e = np.abs(prediction - target)
    return np.where(e <= delta, e * e / 2, delta * (e - delta / 2)).sum(axis=1).mean()


def huber_gradient(prediction, target, delta):
    return np.clip(prediction - target, -delta, delta) / len(prediction)


def l2(prediction, target):
    e = prediction - target
    return np.sum(e * e) / len(e)


def l2_gradient(prediction, target):
    return 2 * (prediction - target) / len(target)


def _unit(v):
    return v / np.linalg.norm(v, axis=1, keepdims=True)


def cosine(a, b):
    return 1 - (_unit(a) * _unit(b)).sum(axis=1).mean()


def cosine_gradient(a, b):
    u, w = _unit(a), _unit(b)
    c = (u * w).sum(axis=1, keepdims=True)
    return (c * u - w) / np.linalg.norm(a, axis=1, keepdims=True) / len(a)
