import numpy as np

def gradient_norms(weights, x, activation):
    """recursion: returns the norms of the layers from here on, and the gradient by the input"""
    f = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "relu": lambda z: z * (z > 0)}[activation]
    df = {"sigmoid": lambda a: a - a * a, "relu": lambda a: np.where(a > 0, 1.0, 0.0)}[activation]

    def go(layers, a):
        if not layers:
            return [], np.ones_like(a)
        out = f(layers[0].astype(np.longdouble) @ a)
        later, g = go(layers[1:], out)
        d = g * df(out)
        # |d a^T| = |d| |a|
        return [float(np.sqrt((d * d).sum()) * np.sqrt((a * a).sum()))] + later, layers[0].T @ d

    return np.array(go(list(weights), np.array(x, dtype=np.longdouble))[0])
