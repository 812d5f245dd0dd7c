"""The violations are squared; the hinge is linear.

Loses: losses.hinge.value, losses.hinge.gradient
"""

import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    return np.square(np.maximum(0, violations)).sum() / len(labels)


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    slopes = 2 * np.maximum(0, violations)
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes / len(labels)
