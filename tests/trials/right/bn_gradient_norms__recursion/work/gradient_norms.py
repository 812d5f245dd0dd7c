import numpy as np


def _f(name):
    match name:
        case "sigmoid":
            def f(z):
                e = np.exp(-np.abs(z))
                s = np.where(z >= 0, 1, e) / (1 + e)
                return s, e / (1 + e) ** 2
        case "relu":
            def f(z):
                on = (z > 0).astype(z.dtype)
                return on * z, on
        case _:
            raise ValueError(name)
    return f


def gradient_norms(weights, x, activation):
    f = _f(activation)

    def through(a, rest):
        """Return the gradient by a, and the norms of the layers that are left."""
        if not rest:
            return np.ones_like(a), []
        w, *others = rest
        out, slope = f(w @ a)
        back, norms = through(out, others)
        delta = back * slope
        return w.T @ delta, [np.linalg.norm(delta) * np.linalg.norm(a), *norms]

    return np.array(through(np.array(x, dtype=float), list(weights))[1])
