import numpy as np
from itertools import product


def flatten_forward(x):
    N, C, H, W = x.shape
    out = np.empty((N, C * H * W))
    for n, c, i in product(range(N), range(C), range(H)):
        at = (c * H + i) * W
        out[n, at:at + W] = x[n, c, i]
    return out


def flatten_backward(dy, x):
    N, C, H, W = x.shape
    dx = np.zeros((N, C, H, W))
    for n, c, i in product(range(N), range(C), range(H)):
        at = (c * H + i) * W
        dx[n, c, i] = dy[n, at:at + W]
    return dx


M = lambda a: np.matrix(a, copy=True)
A = lambda m, shape: np.asarray(m).reshape(shape)


def linear_forward(x, w, b):
    y = M(x) * M(w).T + M(b)
    return A(y, (len(x), len(w)))


def linear_backward(dy, x, w):
    D = M(dy)
    ones = np.matrix(np.ones(len(dy)))
    return A(D * M(w), x.shape), A(D.T * M(x), w.shape), A(ones * D, len(w))


if __name__ == "__main__":
    x = np.arange(24.).reshape(2, 2, 2, 3)
    print(flatten_forward(x))
