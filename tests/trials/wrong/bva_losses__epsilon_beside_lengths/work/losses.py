import numpy as np


def _lengths(x):
    return np.sqrt((x * x).sum(axis=1, keepdims=True))


def cosine(a, b):
    product = (a * b).sum(axis=1, keepdims=True)
    return float(1 - (product / (_lengths(a) * _lengths(b) + 1e-8)).mean())


def cosine_gradient(a, b):
    la, lb = _lengths(a), _lengths(b)
    cos = (a * b).sum(axis=1, keepdims=True) / (la * lb)
    return (cos * a / la**2 - b / (la * lb)) / len(a)


def cosine_decomposition():
    return [
        ("ab", "multiply", ("a", "b")),
        ("dot", "sum", ("ab",)),
        ("aa", "square", ("a",)),
        ("la2", "sum", ("aa",)),
        ("la", "sqrt", ("la2",)),
        ("bb", "square", ("b",)),
        ("lb2", "sum", ("bb",)),
        ("lb", "sqrt", ("lb2",)),
        ("both", "multiply", ("la", "lb")),
        ("cos", "divide", ("dot", "both")),
        ("loss", "subtract", (1.0, "cos")),
    ]


def cosine_local_derivatives(a, b):
    dot, la, lb = a @ b, np.sqrt(a @ a), np.sqrt(b @ b)
    both = la * lb
    return [
        (b, a), (1.0,), (2 * a,), (1.0,), (0.5 / la,), (2 * b,), (1.0,), (0.5 / lb,),
        (lb, la), (1 / both, -dot / both**2), (-1.0,),
    ]
