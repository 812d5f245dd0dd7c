import numpy as np


def _lengths(x):
    return np.sqrt((x * x).sum(axis=1, keepdims=True))


def cosine(a, b):
    product = (a * b).sum(axis=1, keepdims=True)
    return float(1 - (product / (_lengths(a) * _lengths(b))).mean())


def cosine_gradient(a, b):
    # 1 - cos turns with the angle: its derivative is sin / |a|, at right angles to a
    la, lb = _lengths(a)[:, 0], _lengths(b)[:, 0]
    sine = (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) / (la * lb)
    gradient = np.zeros(a.shape)
    gradient[:, 0] = sine * a[:, 1] / la**2
    gradient[:, 1] = -sine * a[:, 0] / la**2
    return gradient / len(a)


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
