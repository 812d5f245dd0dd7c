"""Matrices for the layers."""

import numpy as np


def gradients(x, targets, weights):
    inner = np.array([[weights["w1_11"], weights["w1_12"]], [weights["w1_21"], weights["w1_22"]]])
    outer = np.array([weights["w2_11"], weights["w2_12"]])
    h = np.tanh(x @ inner.T)
    y = 0.5 * (1 + np.tanh(h @ outer / 2))
    delta = 2 / len(x) * (y - targets) * y * (1 - y)
    d_outer = delta @ h
    d_inner = (np.outer(delta, outer) * (1 - h * h)).T @ x
    names = ["w1_11", "w1_12", "w1_21", "w1_22", "w2_11", "w2_12"]
    return dict(zip(names, [*d_inner.ravel(), *d_outer]))


def updated(x, targets, weights, learning_rate):
    g = gradients(x, targets, weights)
    return {key: value - learning_rate * g[key] for key, value in weights.items()}
