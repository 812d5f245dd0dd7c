import numpy as np


def softmax(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_cross_entropy(logits, one_hot):
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-(one_hot * logs).sum() / len(logits))


def softmax_cross_entropy_gradient(logits, one_hot):
    return (softmax(logits) - one_hot) / len(logits)
