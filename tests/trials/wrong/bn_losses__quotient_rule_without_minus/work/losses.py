import numpy as np
from numpy.linalg import norm


def cosine(a, b):
    return float(np.mean([1 - u @ v / (norm(u) * norm(v)) for u, v in zip(a, b)]))


def cosine_gradient(a, b):
    def row(u, v):
        return (u @ v / (u @ u) * u - v) / (norm(u) * norm(v))

    return np.stack([row(u, v) for u, v in zip(a, b)]) / len(a)


def cosine_decomposition():
    return [("ab", "multiply", ("a", "b")), ("dot", "sum", ("ab",)), ("aa", "square", ("a",)), ("A", "sum", ("aa",)),
            ("bb", "square", ("b",)), ("B", "sum", ("bb",)), ("AB", "multiply", ("A", "B")), ("len", "sqrt", ("AB",)),
            ("cos", "divide", ("dot", "len")), ("loss", "subtract", (1.0, "cos"))]


def cosine_local_derivatives(a, b):
    A, B = a @ a, b @ b
    length = np.sqrt(A * B)
    return [(b, a), (1.0,), (2 * a,), (1.0,), (2 * b,), (1.0,), (B, A), (0.5 / length,), (1 / length, (a @ b) / length**2),
            (-1.0,)]
