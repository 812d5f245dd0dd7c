import numpy as np

def softmax(logits):
    e = np.exp(logits - np.max(logits))
    return e / e.sum(axis=1, keepdims=True)

def softmax_cross_entropy(logits, one_hot):
    m = np.max(logits, axis=1)
    lse = m + np.log(np.exp(logits - m[:, None]).sum(axis=1))
    return np.mean(lse - (logits * one_hot).sum(axis=1))

def softmax_cross_entropy_gradient(logits, one_hot):
    return (softmax(logits) - one_hot) / one_hot.shape[0]
