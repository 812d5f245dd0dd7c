import numpy as np


def softmax(logits):
    logits -= logits.max(axis=1, keepdims=True)
    e = np.exp(logits)
    return e / e.sum(axis=1, keepdims=True)


def softmax_cross_entropy(logits, one_hot):
    s = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(s).sum(axis=1)) - (s * one_hot).sum(axis=1))


def softmax_cross_entropy_gradient(logits, one_hot):
    d = softmax(logits.copy())
    d -= one_hot
    return d / len(d)
