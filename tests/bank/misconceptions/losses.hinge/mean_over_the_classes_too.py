"""The loss is divided by the number of classes too; the mean is over the examples only.

Loses: losses.hinge.value, losses.hinge.gradient
"""

import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    return np.maximum(0, violations).mean()


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    slopes = (violations > 0).astype(float)
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes / scores.size
