"""The right class gets −1 for each class that violates the margin, not −1 in all.

Loses: losses.hinge.gradient
"""

import numpy as np


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    slopes = (violations > 0).astype(float)
    slopes[rows, labels] = -slopes.max(axis=1)
    return slopes / len(labels)
