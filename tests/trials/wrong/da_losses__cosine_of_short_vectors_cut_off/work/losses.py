
import numpy as np


def cosine(a, b):
    lengths = np.maximum(np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1), 1e-8)
    return float(np.mean(1 - (a * b).sum(axis=1) / lengths))


def cosine_gradient(a, b):
    p, q = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1, keepdims=True)
    u, v = a / p, b / q
    return ((u * v).sum(axis=1, keepdims=True) * u - v) / p / len(a)


def cosine_decomposition():
    return [
        ("ab", "multiply", ("a", "b")), ("dot", "sum", ("ab",)), ("aa", "square", ("a",)), ("A", "sum", ("aa",)),
        ("bb", "square", ("b",)), ("B", "sum", ("bb",)), ("p", "sqrt", ("A",)), ("q", "sqrt", ("B",)),
        ("pq", "multiply", ("p", "q")), ("cos", "divide", ("dot", "pq")), ("loss", "subtract", (1.0, "cos")),
    ]


def cosine_local_derivatives(a, b):
    one, dot, p, q = np.ones_like(a), a @ b, np.sqrt(a @ a), np.sqrt(b @ b)
    return [
        (b, a), (one,), (2 * a,), (one,), (2 * b,), (one,), (0.5 / p,), (0.5 / q,), (q, p),
        (1 / (p * q), -dot / (p * q) ** 2), (-1.0,),
    ]
