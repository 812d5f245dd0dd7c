"""Single precision throughout, local derivatives too."""

import numpy as np


def cosine(a, b):
    a, b = a.astype(np.float32), b.astype(np.float32)
    return np.mean(1 - (a * b).sum(1) / np.sqrt((a * a).sum(1) * (b * b).sum(1)))


def cosine_gradient(a, b):
    a, b = a.astype(np.float32), b.astype(np.float32)
    aa, bb, ab = ((x * y).sum(1, keepdims=True) for x, y in ((a, a), (b, b), (a, b)))
    return (ab * a / aa - b) / np.sqrt(aa * bb) / np.float32(len(a))


def cosine_local_derivatives(a, b):
    a, b = a.astype(np.float32), b.astype(np.float32)
    aa, bb, ab = a @ a, b @ b, a @ b
    r = np.sqrt(aa * bb)
    one = np.ones_like(a)
    return [(b, a), (one,), (2 * a,), (2 * b,), (one,), (one,), (bb, aa), (1 / (2 * r),), (1 / r, -ab / r**2), (-1,)]
