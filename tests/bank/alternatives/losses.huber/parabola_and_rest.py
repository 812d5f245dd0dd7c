"""½ q² + δ (|e| − q), in single precision; the program too."""

import numpy as np


def huber(prediction, target, delta):
    size = np.abs(prediction - target).astype(np.float32)
    inner = np.minimum(size, np.float32(delta))
    return (inner**2 / 2 + np.float32(delta) * (size - inner)).sum(axis=1).mean()


def huber_gradient(prediction, target, delta):
    error = (prediction - target).astype(np.float32)
    return np.maximum(np.minimum(error, np.float32(delta)), -np.float32(delta)) / np.float32(len(error))


def huber_decomposition():
    return [
        ("e", "subtract", ("prediction", "target")),
        ("size", "absolute", ("e",)),
        ("q", "minimum", ("delta", "size")),
        ("q2", "square", ("q",)),
        ("parabola", "multiply", ("q2", 0.5)),
        ("rest", "subtract", ("size", "q")),
        ("arms", "multiply", ("delta", "rest")),
        ("parts", "add", ("parabola", "arms")),
        ("loss", "sum", ("parts",)),
    ]


def huber_local_derivatives(prediction, target, delta):
    e = prediction - target
    size = np.abs(e)
    q = np.minimum(size, delta)
    inside = size < delta
    return [
        (1, -1),
        (np.where(e > 0, 1, -1),),
        (np.where(inside, 0.0, 1.0), np.where(inside, 1.0, 0.0)),
        (2 * q,),
        (0.5,),
        (1, -1),
        (size - q, delta),
        (1, 1),
        (1,),
    ]
