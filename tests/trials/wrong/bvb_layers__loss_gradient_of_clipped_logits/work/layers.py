import numpy as np


def softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_cross_entropy(logits, one_hot):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-(one_hot * log_p).sum() / len(logits))


def softmax_cross_entropy_gradient(logits, one_hot):
    powers = np.exp(np.clip(logits, -500, 500))
    p = powers / powers.sum(axis=1, keepdims=True)
    return (p - one_hot) / len(logits)
