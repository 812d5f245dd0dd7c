"""There is no max(0, …): classes beyond the margin must count nothing.

Loses: losses.hinge.value, losses.hinge.gradient
"""

import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    return violations.sum() / len(labels)


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    slopes = np.ones_like(scores)
    slopes[rows, labels] = 1 - scores.shape[1]
    return slopes / len(labels)
