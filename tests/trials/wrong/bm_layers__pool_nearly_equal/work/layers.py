import sys

import numpy as np

_module = sys.modules[__name__]
REGISTRY = {}


def layer(name):
    """Register a class; its two static methods become <name>_forward and <name>_backward of this module."""

    def register(cls):
        REGISTRY[name] = cls
        for direction in ("forward", "backward"):
            setattr(_module, "_".join((name, direction)), getattr(cls, direction))
        return cls

    return register


@layer("pool")
class MaxPool:
    offsets = [(0, 0), (0, 1), (1, 0), (1, 1)]

    @classmethod
    def corners(cls, x):
        h, w = x.shape[2] // 2, x.shape[3] // 2
        return np.stack([x[:, :, i:i + 2 * h:2, j:j + 2 * w:2] for i, j in cls.offsets])

    @staticmethod
    def forward(x):
        return MaxPool.corners(x).max(axis=0)

    @staticmethod
    def backward(dy, x):
        four = MaxPool.corners(x)
        winners = np.isclose(four, four.max(axis=0)).astype(float)
        shares = winners / winners.sum(axis=0)
        dx = np.zeros(x.shape)
        h, w = dy.shape[2:]
        for share, (i, j) in zip(shares, MaxPool.offsets):
            dx[:, :, i:i + 2 * h:2, j:j + 2 * w:2] = share * dy
        return dx
