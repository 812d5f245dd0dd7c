import numpy as np


def _log_softmax(logits):
    shifted = logits - np.max(logits)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def cross_entropy(logits, labels):
    return float(-_log_softmax(logits)[np.arange(len(labels)), labels].mean())


def cross_entropy_gradient(logits, labels):
    gradient = np.exp(_log_softmax(logits))
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


def cross_entropy_decomposition():
    return [("e", "exp", ("logits",)), ("t", "sum", ("e",)), ("lt", "log", ("t",)), ("p", "multiply", ("logits", "onehot")),
            ("r", "sum", ("p",)), ("loss", "subtract", ("lt", "r"))]


def cross_entropy_local_derivatives(logits, onehot):
    e = np.exp(logits)
    return [(e,), (1.0,), (1 / e.sum(),), (onehot, logits), (1.0,), (1.0, -1.0)]
