"""The margin is taken for 1; it is an argument.

Loses: losses.hinge.value, losses.hinge.gradient
"""

import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = np.maximum(0, scores - scores[rows, labels][:, None] + 1)
    violations[rows, labels] = 0
    return violations.sum() / len(labels)


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    slopes = (scores - scores[rows, labels][:, None] + 1 > 0).astype(float)
    slopes[rows, labels] = 0
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes / len(labels)
