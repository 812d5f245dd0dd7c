import numpy as np


def cosine(a, b):
    dots = np.einsum("ij,ij->i", a, b)
    return 1 - np.mean(dots / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1))


def cosine_gradient(a, b):
    size_a, size_b = np.linalg.norm(a), np.linalg.norm(b)
    cos = (a * b).sum(axis=1, keepdims=True) / (size_a * size_b)
    return (cos * a / size_a**2 - b / (size_a * size_b)) / len(a)


def cosine_decomposition():
    return [("ab", "multiply", ("a", "b")), ("dot", "sum", ("ab",)), ("aa", "square", ("a",)), ("A", "sum", ("aa",)),
            ("bb", "square", ("b",)), ("B", "sum", ("bb",)), ("AB", "multiply", ("A", "B")), ("len", "sqrt", ("AB",)),
            ("cos", "divide", ("dot", "len")), ("loss", "subtract", (1.0, "cos"))]


def cosine_local_derivatives(a, b):
    A, B = a @ a, b @ b
    length = np.sqrt(A * B)
    return [(b, a), (1.0,), (2 * a,), (1.0,), (2 * b,), (1.0,), (B, A), (0.5 / length,), (1 / length, -(a @ b) / length**2),
            (-1.0,)]
