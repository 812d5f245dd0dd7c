"""The 1/N is missing in the gradient: the loss is a mean over the examples.

Loses: losses.hinge.gradient
"""

import numpy as np


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    slopes = (violations > 0).astype(float)
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes
