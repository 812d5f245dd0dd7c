
import numpy as np


def gradient_norms(weights, x, activation):
    a = [np.asarray(x, dtype=float)]
    slopes = []
    for w in weights:
        z = w @ a[-1]
        if activation == "sigmoid":
            value = np.exp(-np.logaddexp(0, -z))
            slopes.append(value * (1 - value))
        else:
            value = np.maximum(z, 0)
            slopes.append((z > 0).astype(float))
        a.append(value)
    delta = slopes[-1] if activation == "sigmoid" else np.ones(len(a[-1]))
    norms = np.zeros(len(weights))
    for k in range(len(weights) - 1, -1, -1):
        norms[k] = np.sqrt(np.sum(np.outer(delta, a[k]) ** 2))
        if k > 0:
            delta = (weights[k].T @ delta) * slopes[k - 1]
    return norms
