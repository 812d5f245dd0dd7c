"""Computed in float32, returned as float64, the gradient row by row."""

import numpy as np


def cosine(a, b):
    a, b = a.astype(np.float32), b.astype(np.float32)
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return float(np.mean(1 - (a * b).sum(axis=1) / lengths))


def cosine_gradient(a, b):
    gradient = np.zeros_like(a)
    for at, (x, y) in enumerate(zip(a.astype(np.float32), b.astype(np.float32))):
        size, product = np.sqrt(x @ x), np.sqrt(x @ x) * np.sqrt(y @ y)
        gradient[at] = (x @ y / product * x / size**2 - y / product) / np.float32(len(a))
    return gradient
