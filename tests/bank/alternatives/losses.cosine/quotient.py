"""The quotient as it is written; the gradient by the quotient rule."""

import numpy as np


def cosine(a, b):
    return 1 - np.mean((a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1))


def cosine_gradient(a, b):
    dot = (a * b).sum(axis=1, keepdims=True)
    long_a, long_b = (np.linalg.norm(rows, axis=1, keepdims=True) for rows in (a, b))
    return (dot * a / long_a - b * long_a) / (long_a**2 * long_b * len(a))
