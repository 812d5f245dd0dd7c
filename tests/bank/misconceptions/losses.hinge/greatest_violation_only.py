"""Only the greatest violation of each example counts here; add up those of all wrong classes.

Loses: losses.hinge.value, losses.hinge.gradient
"""

import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    return np.maximum(0, violations).max(axis=1).mean()


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    greatest = violations.max(axis=1, keepdims=True)
    slopes = ((violations == greatest) & (violations > 0)).astype(float)
    slopes /= np.maximum(1, slopes.sum(axis=1, keepdims=True))
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes / len(labels)
