import numpy as np


def gradient_norms(weights, x, activation):
    outs, slopes = [x], []
    for w in weights:
        z = w @ outs[-1]
        if activation == "sigmoid":
            a = 1 / (1 + np.exp(-z))
            slopes.append(a * (1 - a))
        else:
            a = np.maximum(z, 0)
            slopes.append((z > 0).astype(float))
        outs.append(a)
    grad = np.ones(len(outs[-1]))
    norms = []
    for w, a, slope in list(zip(weights, outs, slopes))[::-1]:
        delta = grad * slope
        norms.insert(0, np.linalg.norm(delta[:, None] * a[None, :]))
        grad = w.reshape(w.shape[1], w.shape[0]) @ delta
    return np.array(norms)
