"""Seven plain loops over plain numbers."""

import numpy as np


def conv_forward(x, w, b):
    n, c, height, width = x.shape
    f, _, k, _ = w.shape
    r = k // 2
    images, kernels = x.tolist(), w.tolist()
    y = np.zeros((n, f, height, width))
    for m in range(n):
        for o in range(f):
            for i in range(height):
                for j in range(width):
                    total = b[o]
                    for d in range(c):
                        for p in range(max(0, r - i), min(k, height + r - i)):
                            for q in range(max(0, r - j), min(k, width + r - j)):
                                total += kernels[o][d][p][q] * images[m][d][i + p - r][j + q - r]
                    y[m, o, i, j] = total
    return y


def conv_backward(dy, x, w):
    n, c, height, width = x.shape
    f, _, k, _ = w.shape
    r = k // 2
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(f)
    for m in range(n):
        for o in range(f):
            for i in range(height):
                for j in range(width):
                    slope = dy[m, o, i, j]
                    db[o] += slope
                    for p in range(max(0, r - i), min(k, height + r - i)):
                        for q in range(max(0, r - j), min(k, width + r - j)):
                            dw[o, :, p, q] += slope * x[m, :, i + p - r, j + q - r]
                            dx[m, :, i + p - r, j + q - r] += slope * w[o, :, p, q]
    return dx, dw, db
