"""Computed in float32, returned as float64."""

import numpy as np


def log_softmax(logits):
    shifted = logits.astype(np.float32) - logits.astype(np.float32).max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def cross_entropy(logits, labels):
    return float(-log_softmax(logits)[np.arange(len(labels)), labels].mean())


def cross_entropy_gradient(logits, labels):
    gradient = np.zeros_like(logits)
    gradient[...] = np.exp(log_softmax(logits))
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)
