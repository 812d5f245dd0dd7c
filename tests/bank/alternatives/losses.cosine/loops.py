"""One example at a time, with the projection as a matrix."""

import numpy as np


def cosine(a, b):
    return np.mean([1 - x @ y / np.sqrt(x @ x * (y @ y)) for x, y in zip(a, b)])


def cosine_gradient(a, b):
    rows = []
    for x, y in zip(a, b):
        projection = np.eye(len(x)) - np.outer(x, x) / (x @ x)
        rows.append(-projection @ y / (np.linalg.norm(x) * np.linalg.norm(y) * len(a)))
    return np.array(rows)
