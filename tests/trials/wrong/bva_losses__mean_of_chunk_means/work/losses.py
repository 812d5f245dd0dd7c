import numpy as np


def l2(prediction, target):
    means = []  # in parts, so that large batches need little memory
    for start in range(0, len(prediction), 32):
        error = prediction[start : start + 32] - target[start : start + 32]
        means.append((error**2).sum(axis=1).mean())
    return float(np.mean(means))


def l2_gradient(prediction, target):
    return 2 * (prediction - target) / len(prediction)


def l2_decomposition():
    return [
        ("e", "subtract", ("prediction", "target")),
        ("s", "square", ("e",)),
        ("loss", "sum", ("s",)),
    ]


def l2_local_derivatives(prediction, target):
    e = prediction - target
    return [(1.0, -1.0), (2 * e,), (1.0,)]
