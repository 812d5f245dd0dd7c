import numpy as np


def gradient_norms(weights, x, activation):
    outputs, slopes = [np.asarray(x, dtype=float)], []
    for w in weights:
        z = w @ outputs[-1]
        if activation == "sigmoid":
            a = 1 / (1 + np.exp(-z))
            slopes.append(a * (1 - a))
        else:
            a = np.maximum(z, 0)
            slopes.append((z > 0).astype(float))
        outputs.append(a)
    norms = np.zeros(len(weights))
    upstream = np.full_like(outputs[-1], 1 / len(outputs[-1]))
    for l in range(len(weights) - 1, -1, -1):
        delta = upstream * slopes[l]
        norms[l] = np.sqrt((np.outer(delta, outputs[l]) ** 2).sum())
        upstream = weights[l].T @ delta
    return norms
