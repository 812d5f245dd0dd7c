import numpy as np


def _log_softmax(logits):
    shifted = logits - logits.max()  # against overflow
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def cross_entropy(logits, labels):
    n = logits.shape[0]
    return float(-_log_softmax(logits)[np.arange(n), labels].mean())


def cross_entropy_gradient(logits, labels):
    n = logits.shape[0]
    gradient = np.exp(_log_softmax(logits))
    gradient[np.arange(n), labels] -= 1
    return gradient / n


def cross_entropy_decomposition():
    return [
        ("e", "exp", ("logits",)),
        ("total", "sum", ("e",)),
        ("lse", "log", ("total",)),
        ("parts", "multiply", ("logits", "onehot")),
        ("right", "sum", ("parts",)),
        ("loss", "subtract", ("lse", "right")),
    ]


def cross_entropy_local_derivatives(logits, onehot):
    e = np.exp(logits)
    one = np.ones_like(logits)
    return [(e,), (one,), (1 / e.sum(),), (onehot, logits), (one,), (1.0, -1.0)]
