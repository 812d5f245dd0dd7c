import numpy as np


def _forward(x, weights):
    h1 = np.tanh(weights["w1_11"] * x[:, 0] + weights["w1_12"] * x[:, 1])
    h2 = np.tanh(weights["w1_21"] * x[:, 0] + weights["w1_22"] * x[:, 1])
    y = 1 / (1 + np.exp(-(weights["w2_11"] * h1 + weights["w2_12"] * h2)))
    return h1, h2, y


def gradients(x, targets, weights):
    h1, h2, y = _forward(x, weights)
    delta = 2 * (y - targets) * y * (1 - y) / len(x)
    delta1 = delta * weights["w2_11"] * (1 - h1**2)
    delta2 = delta * weights["w2_12"] * (1 - h2**2)
    return {
        "w1_11": float(delta1 @ x[:, 0]),
        "w1_12": float(delta1 @ x[:, 1]),
        "w1_21": float(delta2 @ x[:, 0]),
        "w1_22": float(delta2 @ x[:, 1]),
        "w2_11": float(delta @ h1),
        "w2_12": float(delta @ h2),
    }


def updated(x, targets, weights, learning_rate):
    new = dict(weights)
    slopes = gradients(x, targets, new)
    for name in ("w2_11", "w2_12"):  # from the loss backwards
        new[name] -= learning_rate * slopes[name]
    slopes = gradients(x, targets, new)
    for name in ("w1_11", "w1_12", "w1_21", "w1_22"):
        new[name] -= learning_rate * slopes[name]
    return new
