
import numpy as np


def log_softmax(logits):
    shifted = logits - logits.max()
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def cross_entropy(logits, labels):
    return float(-log_softmax(logits)[np.arange(len(labels)), labels].mean())


def cross_entropy_gradient(logits, labels):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


def cross_entropy_decomposition():
    return [
        ("e", "exp", ("logits",)), ("total", "sum", ("e",)), ("log", "log", ("total",)),
        ("picked", "multiply", ("logits", "onehot")), ("own", "sum", ("picked",)), ("loss", "subtract", ("log", "own")),
    ]


def cross_entropy_local_derivatives(logits, onehot):
    e = np.exp(logits)
    return [(e,), (np.ones_like(e),), (1 / e.sum(),), (onehot, logits), (np.ones_like(e),), (1.0, -1.0)]
