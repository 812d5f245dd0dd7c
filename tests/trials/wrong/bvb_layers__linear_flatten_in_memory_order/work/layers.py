import numpy as np


def flatten_forward(x):
    return np.stack([image.ravel(order="K") for image in x])


def flatten_backward(dy, x):
    return np.reshape(dy, x.shape)


def linear_forward(x, w, b):
    return np.einsum("nd,md->nm", x, w) + b


def linear_backward(dy, x, w):
    return np.einsum("nm,md->nd", dy, w), np.einsum("nm,nd->md", dy, x), np.einsum("nm->m", dy)
