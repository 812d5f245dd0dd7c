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
    norms = []
    upstream = np.ones_like(outputs[-1])
    outputs.pop()
    while weights:
        delta = upstream * slopes.pop()
        norms.append(np.sqrt((np.outer(delta, outputs.pop()) ** 2).sum()))
        upstream = weights.pop().T @ delta
    return np.array(norms[::-1])
