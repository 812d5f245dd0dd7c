import numpy as np

def cosine(a, b):
    dots = np.sum(a * b, axis=1)
    norms = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return np.mean(1 - dots / (norms + 1e-8))

def cosine_gradient(a, b):
    na = np.linalg.norm(a, axis=1, keepdims=True)
    nb = np.linalg.norm(b, axis=1, keepdims=True)
    cos = np.sum(a * b, axis=1, keepdims=True) / (na * nb)
    return -(b / (na * nb) - cos * a / na ** 2) / len(a)

def cosine_decomposition():
    return [("ab", "multiply", ("a", "b")), ("dot", "sum", ("ab",)), ("a2", "square", ("a",)), ("aa", "sum", ("a2",)),
            ("b2", "square", ("b",)), ("bb", "sum", ("b2",)), ("p", "multiply", ("aa", "bb")), ("n", "sqrt", ("p",)),
            ("c", "divide", ("dot", "n")), ("loss", "subtract", (1.0, "c"))]

def cosine_local_derivatives(a, b):
    one = np.ones_like(a)
    dot, aa, bb = a @ b, a @ a, b @ b
    n = np.sqrt(aa * bb)
    return [(b, a), (one,), (2 * a,), (one,), (2 * b,), (one,), (bb, aa), (0.5 / n,), (1 / n, -dot / n ** 2), (-1.0,)]
