import math

import numpy as np


def softmax(logits):
    """p[n, k] = 1 / sum over l of exp(logits[n, l] - logits[n, k]): an infinite sum rightly gives 0."""
    with np.errstate(over="ignore", under="ignore"):
        return 1 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(axis=2)


def softmax_cross_entropy(logits, one_hot):
    terms = []
    for row, label in zip(logits.tolist(), np.nonzero(one_hot)[1].tolist()):
        ahead = [value - row[label] for k, value in enumerate(row) if k != label]
        # ln(1 + sum of exp(ahead)), without overflow
        top = max(ahead, default=-math.inf)
        if top <= 0:
            terms.append(math.log1p(math.fsum(map(math.exp, ahead))))
        else:
            terms.append(top + math.log(math.exp(-top) + math.fsum(math.exp(a - top) for a in ahead)))
    return math.fsum(terms) / len(terms)


def softmax_cross_entropy_gradient(logits, one_hot):
    gradient = softmax(logits)
    rows, labels = np.nonzero(one_hot)
    others = gradient.copy()
    others[rows, labels] = 0
    gradient[rows, labels] = -others.sum(axis=1)  # p - 1 is minus the rest
    return gradient / len(logits)
