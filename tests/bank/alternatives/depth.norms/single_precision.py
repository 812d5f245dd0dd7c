"""Single precision, with whole Jacobians."""

import numpy as np


def gradient_norms(weights, x, activation):
    a = [x.astype(np.float32)]
    jacobians = []
    for w in weights:
        z = w.astype(np.float32) @ a[-1]
        if activation == "sigmoid":
            a.append(1 / (1 + np.exp(-z)))
            jacobians.append(np.diag(a[-1] * (1 - a[-1])))
        else:
            a.append(np.where(z > 0, z, np.float32(0)))
            jacobians.append(np.diag(np.sign(a[-1])))
    out = []
    for layer in range(len(weights)):
        row = np.ones(len(a[-1]), np.float32)
        for above in range(len(weights) - 1, layer, -1):
            row = row @ jacobians[above] @ weights[above].astype(np.float32)
        row = row @ jacobians[layer]
        out.append(np.linalg.norm(row) * np.linalg.norm(a[layer]))
    return out
