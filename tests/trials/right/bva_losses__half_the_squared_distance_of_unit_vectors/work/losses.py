import numpy as np


def _unit(x):
    greatest = np.abs(x).max(axis=1, keepdims=True)  # so that squares of tiny entries are no trouble
    x = x / greatest
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def cosine(a, b):
    """1 - cos is half the square of the distance of the unit vectors."""
    return np.square(_unit(a) - _unit(b)).sum(axis=1).mean() / 2


def cosine_gradient(a, b):
    u, v = _unit(a), _unit(b)
    n, d = a.shape
    across = np.eye(d) - u[:, :, None] * u[:, None, :]  # takes away what is along a
    return -np.einsum("nij,nj->ni", across, v) / np.linalg.norm(a, axis=1)[:, None] / n


def cosine_decomposition():
    return [
        ("a2", "multiply", ("a", "a")),
        ("A2", "sum", ("a2",)),
        ("A", "sqrt", ("A2",)),
        ("u", "divide", ("a", "A")),
        ("b2", "square", ("b",)),
        ("B2", "sum", ("b2",)),
        ("B", "sqrt", ("B2",)),
        ("1/B", "reciprocal", ("B",)),
        ("v", "multiply", ("1/B", "b")),
        ("w", "subtract", ("u", "v")),
        ("w2", "square", ("w",)),
        ("W", "sum", ("w2",)),
        ("loss", "divide", ("W", 2.0)),
    ]


def cosine_local_derivatives(a, b):
    A, B = np.linalg.norm(a), np.linalg.norm(b)
    u, v = a / A, b / B
    return [
        (a, a),
        (1.0,),
        (1 / (2 * A),),
        (np.full(a.shape, 1 / A), -u / A),
        (b + b,),
        (1.0,),
        (1 / (2 * B),),
        (-1 / B**2,),
        (b, 1 / B),
        (1.0, -1.0),
        (2 * (u - v),),
        (np.ones_like(a),),
        (0.5,),
    ]
