import math
import numpy as np

@np.vectorize
def _s(t):
    if t >= 0:
        return 1 / (1 + math.exp(-t))
    e = math.exp(t)
    return e / (1 + e)

def sigmoid(z):
    out = np.empty_like(z)
    it = np.nditer(z, flags=["multi_index"])
    for t in it:
        out[it.multi_index] = _s(float(t))
    return out

def sigmoid_derivative(z):
    return _s(z) * _s(-z)

def sigmoid_decomposition():
    return [("e", "exp", ("z",)), ("r", "reciprocal", ("e",)), ("d", "add", ("r", 1)), ("y", "divide", (1, "d"))]

def sigmoid_local_derivatives(z):
    e = np.exp(z)
    return [(e,), (-1 / e**2,), (1,), (-1 / (1 / e + 1) ** 2,)]

def tanh(z):
    return np.round(2 * _s(2 * z) - 1, 4)

def tanh_derivative(z):
    return (1 - np.tanh(z.astype(np.float32)) ** 2).astype(np.float32)

def tanh_decomposition():
    return [("p", "exp", ("z",)), ("m", "reciprocal", ("p",)), ("a", "subtract", ("p", "m")),
            ("b", "add", ("p", "m")), ("c", "reciprocal", ("b",)), ("t", "multiply", ("a", "c"))]

def tanh_local_derivatives(z):
    p = np.exp(z); m = 1 / p; a = p - m; b = p + m; c = 1 / b
    return [(p,), (-m * m,), (1, -1), (1, 1), (-c * c,), (c, a)]

def relu(z):
    return np.array([t if t > 0 else 0.0 for t in z.ravel()]).reshape(z.shape)

def relu_derivative(z):
    return np.where(z < 0, 0, 1)

def relu_decomposition():
    # (z + |z|) / 2
    return [("size", "absolute", ("z",)), ("sum", "add", ("z", "size")), ("half", "divide", ("sum", 2.0))]

def relu_local_derivatives(z):
    return [(np.sign(z),), (1.0, 1.0), (0.5,)]
