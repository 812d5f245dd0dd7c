"""einsum, and ravel for each image."""

import numpy as np


def flatten_forward(x):
    return np.stack([image.ravel() for image in x])


def flatten_backward(dy, x):
    return np.stack([row.reshape(x.shape[1:]) for row in dy])


def linear_forward(x, w, b):
    return np.einsum("nd,md->nm", x, w) + b


def linear_backward(dy, x, w):
    return np.einsum("nm,md->nd", dy, w), np.einsum("nm,nd->md", dy, x), np.einsum("nm->m", dy)
