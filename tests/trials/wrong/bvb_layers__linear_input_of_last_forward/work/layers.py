import numpy as np

cache = {}


def flatten_forward(x):
    n, c, h, w = x.shape
    return x.reshape(n, c * h * w)


def flatten_backward(dy, x):
    return dy.reshape(x.shape)


def linear_forward(x, w, b):
    cache["x"] = x
    return x @ w.T + b


def linear_backward(dy, x, w):
    a = cache.get("x", x)
    if a.shape != x.shape:
        a = x
    dx = dy @ w
    dw = dy.T @ a
    db = dy.sum(axis=0)
    return dx, dw, db
