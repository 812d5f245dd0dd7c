import numpy as np


def _log_softmax(logits):
    return logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)


def softmax(logits):
    return np.exp(_log_softmax(logits))


def softmax_cross_entropy(logits, one_hot):
    of_the_label = _log_softmax(logits)[np.nonzero(one_hot)]
    return -sum(of_the_label.tolist()) / of_the_label.size


def softmax_cross_entropy_gradient(logits, one_hot):
    gradient = softmax(logits)
    gradient[np.nonzero(one_hot)] -= 1
    return gradient / logits.shape[0]
