"""max(0, …) is taken of the sum over the classes; it must be taken of each class.

Loses: losses.hinge.value, losses.hinge.gradient
"""

import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    return np.maximum(0, violations.sum(axis=1)).mean()


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    slopes = np.ones_like(scores)
    slopes[rows, labels] = 1 - scores.shape[1]
    return slopes * (violations.sum(axis=1, keepdims=True) > 0) / len(labels)
