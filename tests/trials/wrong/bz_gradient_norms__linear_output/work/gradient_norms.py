import numpy as np

def gradient_norms(weights, x, activation):
    acts, zs = [np.asarray(x, float)], []
    for w in weights:
        zs.append(w @ acts[-1])
        acts.append(1 / (1 + np.exp(-zs[-1])) if activation == "sigmoid" else np.maximum(zs[-1], 0))
    slope = (lambda z, a: a * (1 - a)) if activation == "sigmoid" else (lambda z, a: (z > 0).astype(float))
    delta = np.ones(len(acts[-1]))
    if activation == 'sigmoid':
        delta = delta * slope(zs[-1], acts[-1])
    norms = []
    for l in reversed(range(len(weights))):
        norms.append(np.linalg.norm(np.outer(delta, acts[l])))
        if l:
            delta = (weights[l].T @ delta) * slope(zs[l - 1], acts[l - 1 + 1])
    return np.array(norms[::-1])
