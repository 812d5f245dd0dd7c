
import numpy as np


def slopes(x, targets, weights):
    x, targets = np.asarray(x, dtype=float), np.asarray(targets, dtype=float)
    w1 = np.array([[weights["w1_11"], weights["w1_12"]], [weights["w1_21"], weights["w1_22"]]], dtype=float)
    w2 = np.array([weights["w2_11"], weights["w2_12"]], dtype=float)
    h = np.tanh(x @ w1.T)
    y = 0.5 * (1 + np.tanh(0.5 * (h @ w2)))
    above = 2 * (y - targets) * y * (1 - y) / len(x)
    g2 = above @ h
    g1 = (above[:, None] * w2 * (1 - h**2)).T @ x
    return {
        "w1_11": float(g1[0, 0]), "w1_12": float(g1[0, 1]), "w1_21": float(g1[1, 0]), "w1_22": float(g1[1, 1]),
        "w2_11": float(g2[0]), "w2_12": float(g2[1]),
    }


def gradients(x, targets, weights):
    return slopes(x, targets, weights)


def updated(x, targets, weights, learning_rate):
    g = slopes(x, targets, weights)
    for name in weights:
        weights[name] -= learning_rate * g[name]
    return weights
