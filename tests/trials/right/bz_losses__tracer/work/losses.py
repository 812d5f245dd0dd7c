import sys
import numpy as np
from tracer import parse, locals_of

PROGRAMS = {
    "cross_entropy": """
        picked = multiply onehot logits
        right = sum picked
        gap = subtract logits right
        e = exp gap
        z = sum e
        loss = log z""",
    "hinge": """
        picked = multiply onehot scores
        right = sum picked
        wrong = subtract 1 onehot
        gap = subtract scores right
        more = add margin gap
        cut = maximum more 0
        kept = multiply cut wrong
        loss = sum kept""",
    "l1": """
        up = subtract prediction target
        down = subtract target prediction
        size = maximum up down
        loss = sum size""",
    "huber": """
        e = subtract prediction target
        a = absolute e
        m = minimum a delta
        rest = subtract a m
        sq = square m
        half = divide sq 2
        arm = multiply delta rest
        both = add half arm
        loss = sum both""",
    "l2": """
        e = subtract target prediction
        s = multiply e e
        loss = sum s""",
    "cosine": """
        p = multiply a b
        dot = sum p
        qa = multiply a a
        na = sum qa
        qb = multiply b b
        nb = sum qb
        n = multiply na nb
        root = sqrt n
        inverse = reciprocal root
        c = multiply dot inverse
        minus = negate c
        loss = add minus 1""",
}
ARGS = dict(cross_entropy="logits onehot", hinge="scores onehot margin", l1="prediction target", huber="prediction target delta", l2="prediction target", cosine="a b")

_here = sys.modules[__name__]
for _name, _text in PROGRAMS.items():
    _program = parse(_text)
    setattr(_here, _name + "_decomposition", (lambda p: lambda: list(p))(_program))
    _scope = {"locals_of": locals_of, "program": _program}
    _names = ARGS[_name].split()
    exec(f"def made({', '.join(_names)}):\n    return locals_of(program, {', '.join(n + '=' + n for n in _names)})", _scope)
    setattr(_here, _name + "_local_derivatives", _scope["made"])

F = np.longdouble

def _mean(function):
    """loss of one row -> loss of a batch"""
    def whole(first, second, *more):
        rows = [function(np.asarray(a, F), b, *more) for a, b in zip(first, second)]
        return float(sum(rows) / len(rows))
    return whole

def _rows(function):
    def whole(first, second, *more):
        return np.stack([np.asarray(function(np.asarray(a, F), b, *more), float) for a, b in zip(first, second)]) / len(first)
    return whole

@_mean
def cross_entropy(s, y):
    m = s.max()
    return m + np.log(np.exp(s - m).sum()) - s[y]

@_rows
def cross_entropy_gradient(s, y):
    p = np.exp(s - s.max())
    p /= p.sum()
    p[y] -= 1
    return p

@_mean
def hinge(s, y, margin):
    return sum((max(F(0), s[j] - s[y] + margin) for j in range(len(s)) if j != y), F(0))

@_rows
def hinge_gradient(s, y, margin):
    g = np.zeros(len(s))
    for j in range(len(s)):
        if j != y and s[j] - s[y] + margin > 0:
            g[j] += 1
            g[y] -= 1
    return g

l1 = _mean(lambda p, t: np.abs(p - t).sum())
l1_gradient = _rows(lambda p, t: np.sign(p - t))
l2 = _mean(lambda p, t: np.dot(p - t, p - t))
l2_gradient = _rows(lambda p, t: 2 * (p - t))

@_mean
def huber(p, t, delta):
    e = np.abs(p - t)
    m = np.minimum(e, delta)
    return (m * (e - m / 2)).sum()

huber_gradient = _rows(lambda p, t, delta: np.maximum(-delta, np.minimum(p - t, delta)))
cosine = _mean(lambda a, b: 1 - np.dot(a, b) / np.sqrt(np.dot(a, a)) / np.sqrt(np.dot(b, b)))

@_rows
def cosine_gradient(a, b):
    la, lb = np.sqrt(np.dot(a, a)), np.sqrt(np.dot(b, b))
    ua, ub = a / la, b / lb
    return -(ub - ua * np.dot(ua, ub)) / la
