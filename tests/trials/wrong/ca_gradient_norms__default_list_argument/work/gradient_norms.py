import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def gradient_norms(weights, x, activation, norms=[]):
    acts, zs = [np.asarray(x, dtype=float)], []
    for W in weights:
        z = W @ acts[-1]
        zs.append(z)
        acts.append(sigmoid(z) if activation == "sigmoid" else np.maximum(z, 0))
    delta = np.ones(len(acts[-1]))
    for l in range(len(weights) - 1, -1, -1):
        if activation == "sigmoid":
            delta = delta * acts[l + 1] * (1 - acts[l + 1])
        else:
            delta = delta * (zs[l] > 0)
        grad = np.outer(delta, acts[l])
        norms.insert(len(norms), np.sqrt(np.sum(grad ** 2)))
        delta = weights[l].T @ delta
    return np.array(norms)[::-1]
