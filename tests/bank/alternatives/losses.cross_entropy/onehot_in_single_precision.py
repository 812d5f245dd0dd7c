"""One-hot labels and einsum, in single precision."""

import numpy as np


def log_softmax(logits):
    logits = logits.astype(np.float32)
    logits -= logits.max(axis=-1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))


def cross_entropy(logits, labels):
    onehot = np.zeros(logits.shape, dtype=np.float32)
    onehot[np.arange(len(labels)), labels] = 1
    return -np.einsum("nc,nc->n", onehot, log_softmax(logits)).mean()


def cross_entropy_gradient(logits, labels):
    onehot = (np.arange(logits.shape[1]) == labels[:, None]).astype(np.float32)
    return (np.exp(log_softmax(logits)) - onehot) / np.float32(len(labels))


def cross_entropy_local_derivatives(logits, onehot):
    logits, onehot = logits.astype(np.float32), onehot.astype(np.float32)
    powers = np.exp(logits)
    one = np.ones_like(logits)
    return [(powers,), (one,), (1 / powers.sum(),), (logits, onehot), (one,), (1, -1)]
