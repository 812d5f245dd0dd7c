import numpy as np


def flatten_forward(x):
    return x.reshape(x.shape[0], -1)


def flatten_backward(dy, x):
    return dy.reshape(x.shape)


def linear_forward(x, w, b):
    return np.dot(x, w.T) + b


def linear_backward(dy, x, w):
    m = x.shape[0]
    dx = np.dot(dy, w)
    dw = np.dot(dy.T, x) / m
    db = np.sum(dy, axis=0) / m
    return dx, dw, db
