import numpy as np


def _unit(rows):
    return rows / np.sqrt((rows**2).sum(axis=1, keepdims=True))


def cosine(a, b):
    return np.mean(1 - _unit(a) @ _unit(b).T)


def cosine_gradient(a, b):
    u, v = _unit(a), _unit(b)
    along = (u * v).sum(axis=1, keepdims=True) * u
    return (along - v) / np.linalg.norm(a, axis=1)[:, None] / a.shape[0]


def cosine_decomposition():
    return [("ab", "multiply", ("a", "b")), ("dot", "sum", ("ab",)), ("aa", "square", ("a",)), ("A", "sum", ("aa",)),
            ("bb", "square", ("b",)), ("B", "sum", ("bb",)), ("AB", "multiply", ("A", "B")), ("len", "sqrt", ("AB",)),
            ("cos", "divide", ("dot", "len")), ("loss", "subtract", (1.0, "cos"))]


def cosine_local_derivatives(a, b):
    A, B = a @ a, b @ b
    length = np.sqrt(A * B)
    return [(b, a), (1.0,), (2 * a,), (1.0,), (2 * b,), (1.0,), (B, A), (0.5 / length,), (1 / length, -(a @ b) / length**2),
            (-1.0,)]
