"""Loops over examples and classes; a class exactly at the margin counts."""

import numpy as np


def hinge(scores, labels, margin):
    total = 0
    for i in range(len(scores)):
        for j in range(len(scores[i])):
            if j != labels[i] and scores[i][j] - scores[i][labels[i]] + margin > 0:
                total += scores[i][j] - scores[i][labels[i]] + margin
    return total / len(scores)


def hinge_gradient(scores, labels, margin):
    gradient = np.zeros(scores.shape)
    for i, y in enumerate(labels):
        for j in range(scores.shape[1]):
            if j != y and scores[i, j] - scores[i, y] + margin >= 0:
                gradient[i, j] += 1
                gradient[i, y] -= 1
    return gradient / len(labels)
