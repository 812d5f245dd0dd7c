import numpy as np


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_cross_entropy(logits, one_hot):
    logs = np.log(np.clip(softmax(logits), 1e-15, 1.0))
    return float(-(one_hot * logs).sum() / len(logits))


def softmax_cross_entropy_gradient(logits, one_hot):
    return (softmax(logits) - one_hot) / len(logits)
