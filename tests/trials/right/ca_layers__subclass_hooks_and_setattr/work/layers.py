"""Layers as classes; an __init_subclass__ hook puts their two directions into the module under the asked names."""
import sys
import numpy as np

_here = sys.modules[__name__]


class Layer:
    name = None

    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        cls.name = cls.__name__.lower()
        for direction in ("forward", "backward"):
            setattr(_here, f"{cls.name}_{direction}", cls.__dict__[direction].__func__)


class Conv(Layer):
    @staticmethod
    def taps(x, k):
        """yield (p, q, part of the padded image that kernel entry (p, q) sees)"""
        (n, c, h, w), r = x.shape, k // 2
        padded = np.zeros((n, c, h + 2 * r, w + 2 * r))
        padded[:, :, r:r + h, r:r + w] = x
        for p, q in np.ndindex(k, k):
            yield p, q, padded[:, :, p:p + h, q:q + w]

    @staticmethod
    def forward(x, w, b):
        y = sum(np.tensordot(w[:, :, p, q], part, axes=(1, 1)) for p, q, part in Conv.taps(x, w.shape[-1]))
        return np.moveaxis(y, 0, 1) + np.asarray(b)[None, :, None, None]

    @staticmethod
    def backward(dy, x, w):
        dw = np.empty(w.shape)
        for p, q, part in Conv.taps(x, w.shape[-1]):
            dw[:, :, p, q] = np.tensordot(dy, part, axes=((0, 2, 3), (0, 2, 3)))
        dx = Conv.forward(dy, np.flip(w, (2, 3)).swapaxes(0, 1), np.zeros(w.shape[1]))
        return dx, dw, np.einsum("nfhw->f", dy)


class Pool(Layer):
    @staticmethod
    def corners(x):
        h, w = x.shape[2] // 2 * 2, x.shape[3] // 2 * 2
        return [np.s_[:, :, i:h:2, j:w:2] for i in (0, 1) for j in (0, 1)]

    @staticmethod
    def forward(x):
        a, b, c, d = (x[corner] for corner in Pool.corners(x))
        return np.maximum(np.maximum(a, b), np.maximum(c, d))

    @staticmethod
    def backward(dy, x):
        y, dx = Pool.forward(x), np.zeros(x.shape)
        left = np.ones(dy.shape, bool)        # windows whose gradient has not been given away
        for corner in Pool.corners(x):
            here = left & (x[corner] == y)
            dx[corner] = np.where(here, dy, 0)
            left &= ~here
        return dx


class Relu(Layer):
    @staticmethod
    def forward(x):
        return x.clip(min=0)

    @staticmethod
    def backward(dy, x):
        return np.where(x > 0, dy, 0.0)


class Flatten(Layer):
    @staticmethod
    def forward(x):
        return np.stack([image.flatten() for image in x])

    @staticmethod
    def backward(dy, x):
        return np.stack([row.reshape(x.shape[1:]) for row in dy])


class Linear(Layer):
    @staticmethod
    def forward(x, w, b):
        return np.inner(x, w) + b

    @staticmethod
    def backward(dy, x, w):
        return np.dot(dy, w), np.dot(dy.T, x), np.ones(len(dy)) @ dy


def softmax(logits):
    e = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_cross_entropy(logits, one_hot):
    top = logits.max(axis=1)
    lse = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return float(np.mean(lse - np.einsum("nk,nk->n", one_hot, logits)))


def softmax_cross_entropy_gradient(logits, one_hot):
    return (softmax(logits) - one_hot) / one_hot.shape[0]
