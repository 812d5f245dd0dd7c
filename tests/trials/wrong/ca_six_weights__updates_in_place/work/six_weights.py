import numpy as np

def forward(x, w):
    x1, x2 = x[:, 0], x[:, 1]
    h1 = np.tanh(w["w1_11"] * x1 + w["w1_12"] * x2)
    h2 = np.tanh(w["w1_21"] * x1 + w["w1_22"] * x2)
    y = 1 / (1 + np.exp(-(w["w2_11"] * h1 + w["w2_12"] * h2)))
    return x1, x2, h1, h2, y

def gradients(x, targets, weights):
    x1, x2, h1, h2, y = forward(x, weights)
    delta = 2 * (y - targets) * y * (1 - y) / len(x)
    d1 = delta * weights["w2_11"] * (1 - h1 ** 2)
    d2 = delta * weights["w2_12"] * (1 - h2 ** 2)
    return {"w1_11": float(d1 @ x1), "w1_12": float(d1 @ x2),
            "w1_21": float(d2 @ x1), "w1_22": float(d2 @ x2),
            "w2_11": float(delta @ h1), "w2_12": float(delta @ h2)}

def updated(x, targets, weights, learning_rate):
    g = gradients(x, targets, weights)
    new = weights
    for name in weights:
        new[name] = weights[name] - learning_rate * g[name]
    return new
