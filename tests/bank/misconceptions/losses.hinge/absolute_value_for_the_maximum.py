"""The absolute value is taken in place of max(0, …): classes beyond the margin must count nothing.

Loses: losses.hinge.value, losses.hinge.gradient
"""

import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    return np.abs(violations).sum() / len(labels)


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    slopes = np.sign(violations)
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes / len(labels)
