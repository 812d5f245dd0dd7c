import numpy as np


def _even(x):
    """Cut off the odd last row and column."""
    return x[..., : x.shape[-2] // 2 * 2, : x.shape[-1] // 2 * 2]


def pool_forward(x):
    part = _even(x)
    for axis in (-1, -2):
        part = np.maximum.reduceat(part, range(0, part.shape[axis], 2), axis=axis)
    return part


def pool_backward(dy, x):
    inside = _even(x)
    twice = np.ones((2, 2))
    largest = inside == np.kron(pool_forward(x), twice)
    votes = np.add.reduceat(np.add.reduceat(largest.astype(int), range(0, largest.shape[-2], 2), -2),
                            range(0, largest.shape[-1], 2), -1)
    shares = np.kron(dy / votes, twice) * largest
    odd = [(0, 0)] * 2 + [(0, whole - part) for whole, part in zip(x.shape[2:], inside.shape[2:])]
    return np.pad(shares, odd)
