"""At the margin a class counts for the right class but not for itself: count it for both or for none.

Loses: losses.hinge.gradient
"""

import numpy as np


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    slopes = (violations > 0).astype(float)
    touching = violations >= 0
    touching[rows, labels] = False
    slopes[rows, labels] = -touching.sum(axis=1)
    return slopes / len(labels)
