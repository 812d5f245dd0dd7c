"""By the logarithm of the sum of powers."""

import numpy as np


def log_softmax(logits):
    largest = logits.max(axis=-1, keepdims=True)
    return logits - largest - np.log(np.sum(np.exp(logits - largest), axis=-1, keepdims=True))


def softmax(logits):
    return np.exp(log_softmax(logits))


def softmax_cross_entropy(logits, one_hot):
    labels = one_hot.argmax(axis=1)
    return -log_softmax(logits)[np.arange(len(labels)), labels].mean()


def softmax_cross_entropy_gradient(logits, one_hot):
    gradient = softmax(logits)
    gradient[np.arange(len(logits)), one_hot.argmax(axis=1)] -= 1
    return gradient / len(logits)
