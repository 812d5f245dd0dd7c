import numpy as np


def softmax(logits):
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def softmax_cross_entropy(logits, one_hot):
    p = softmax(logits)
    return -np.sum(one_hot * np.log(p + 1e-12)) / logits.shape[0]


def softmax_cross_entropy_gradient(logits, one_hot):
    return (softmax(logits) - one_hot) / logits.shape[0]
