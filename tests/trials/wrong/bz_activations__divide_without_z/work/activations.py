import numpy as np

def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

def sigmoid_derivative(z):
    s = sigmoid(z)
    return s * (1 - s)

def sigmoid_decomposition():
    return [("m", "negate", ("z",)), ("e", "exp", ("m",)), ("d", "add", (1.0, "e")), ("y", "reciprocal", ("d",))]

def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-1.0,), (e,), (1.0,), (-1 / (1 + e) ** 2,)]

def tanh(z):
    return 2 * sigmoid(2 * z) - 1

def tanh_derivative(z):
    return 4 * sigmoid_derivative(2 * z)

def tanh_decomposition():
    return [("p", "exp", ("z",)), ("m", "negate", ("z",)), ("q", "exp", ("m",)), ("n", "subtract", ("p", "q")),
            ("d", "add", ("p", "q")), ("y", "divide", ("n", "d"))]

def tanh_local_derivatives(z):
    p, q = np.exp(z), np.exp(-z)
    n, d = p - q, p + q
    return [(p,), (-1.0,), (q,), (1.0, -1.0), (1.0, 1.0), (1 / d, -1 / d ** 2)]

def relu(z):
    return np.maximum(z, 0.0)

def relu_derivative(z):
    return (z > 0).astype(float)

def relu_decomposition():
    return [("a", "absolute", ("z",)), ("s", "add", ("z", "a")), ("y", "multiply", (0.5, "s"))]

def relu_local_derivatives(z):
    return [(np.sign(z),), (1.0, 1.0), (0.5,)]
