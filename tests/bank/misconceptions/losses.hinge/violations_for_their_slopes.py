"""This holds the violations themselves; their slopes are 1 or 0.

Loses: losses.hinge.gradient
"""

import numpy as np


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    slopes = np.maximum(0, violations)
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes / len(labels)
