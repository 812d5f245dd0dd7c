import numpy as np

# Shares of the places of a window, when several are largest: any will do.
SHARES = np.array([1.0, 2.0, 4.0, 9.0])


def corners(x):
    h, w = x.shape[-2] // 2, x.shape[-1] // 2
    return [x[..., i : i + 2 * h - 1 : 2, j : j + 2 * w - 1 : 2] for i in (0, 1) for j in (0, 1)]


def pool_forward(x):
    a, b, c, d = corners(x)
    return np.maximum(np.maximum(a, d), np.maximum(b, c)).astype(np.float32)


def pool_backward(dy, x):
    dx = np.zeros(x.shape, dtype=np.float32)
    seen = corners(x)
    top = np.amax(seen, axis=0)
    claims = [share * (each == top) for share, each in zip(SHARES, seen)]
    total = sum(claims)
    for place, claim in zip(corners(dx), claims):
        place += (dy * (claim / total)).astype(np.float32)
    return dx
