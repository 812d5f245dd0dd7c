import numpy as np

F = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "relu": lambda z: np.maximum(z, 0.0)}
DF = {"sigmoid": lambda a: a * (1 - a), "relu": lambda a: (a > 0) + 0.0}


def gradient_norms(weights, x, activation):
    activations = [x]
    for w in weights:
        activations.append(F[activation](w @ activations[-1]))
    weights.reverse()
    delta = DF[activation](activations[-1])
    norms = np.zeros(len(weights))
    for back, w in enumerate(weights, start=1):
        norms[-back] = np.linalg.norm(np.outer(delta, activations[-back - 1]))
        delta = DF[activation](activations[-back - 1]) * (w.T @ delta)
    return norms
