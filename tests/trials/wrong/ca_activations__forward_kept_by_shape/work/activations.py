import numpy as np

def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

_forward = {}

def sigmoid_derivative(z):
    # the forward pass has been done already, keep it
    if z.shape not in _forward:
        _forward[z.shape] = sigmoid(z)
    s = _forward[z.shape]
    return s * (1 - s)

def sigmoid_decomposition():
    return [("minus", "negate", ("z",)), ("e", "exp", ("minus",)), ("below", "add", (1.0, "e")), ("s", "reciprocal", ("below",))]

def sigmoid_local_derivatives(z):
    one = np.ones_like(z)
    e = np.exp(-z)
    below = 1 + e
    return [(-one,), (e,), (one,), (-1 / below ** 2,)]

def tanh(z):
    return np.tanh(z)

def tanh_derivative(z):
    return 1 - tanh(z) ** 2

def tanh_decomposition():
    return [("up", "exp", ("z",)), ("minus", "negate", ("z",)), ("down", "exp", ("minus",)),
            ("num", "subtract", ("up", "down")), ("den", "add", ("up", "down")), ("y", "divide", ("num", "den"))]

def tanh_local_derivatives(z):
    up, down = np.exp(z), np.exp(-z)
    num, den = up - down, up + down
    return [(up,), (-1.0,), (down,), (1.0, -1.0), (1.0, 1.0), (1 / den, -num / den ** 2)]

def relu(z):
    return np.maximum(z, 0)

def relu_derivative(z):
    return np.where(z > 0, 1.0, 0.0)

def relu_decomposition():
    return [("r", "maximum", ("z", 0.0))]

def relu_local_derivatives(z):
    return [(np.where(z > 0, 1.0, 0.0),)]
