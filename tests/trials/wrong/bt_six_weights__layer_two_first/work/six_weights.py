import numpy as np

H = 1e-30

def loss(x, targets, w):
    h1 = np.tanh(w["w1_11"] * x[:, 0] + w["w1_12"] * x[:, 1])
    h2 = np.tanh(w["w1_21"] * x[:, 0] + w["w1_22"] * x[:, 1])
    y = 1 / (1 + np.exp(-(w["w2_11"] * h1 + w["w2_12"] * h2)))
    return np.mean((y - targets) ** 2)

def gradients(x, targets, weights):
    return {name: float(np.imag(loss(x, targets, {**weights, name: value + 1j * H})) / H) for name, value in weights.items()}

def updated(x, targets, weights, learning_rate):
    new = dict(weights)
    for layer in ("w2", "w1"):
        slopes = gradients(x, targets, new)
        for name in new:
            if name.startswith(layer):
                new[name] -= learning_rate * slopes[name]
    return new
