"""The gradient asks whether s[j] > s[y]; it must ask whether s[j] − s[y] + margin > 0.

Loses: losses.hinge.gradient
"""

import numpy as np


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    slopes = (scores > scores[rows, labels][:, None]).astype(float)
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes / len(labels)
