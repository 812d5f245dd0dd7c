"""The difference is the wrong way round: it is the wrong class's score less the right one's.

Loses: losses.hinge.value, losses.hinge.gradient
"""

import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = np.maximum(0, scores[rows, labels][:, None] - scores + margin)
    violations[rows, labels] = 0
    return violations.sum() / len(labels)


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    slopes = -(scores[rows, labels][:, None] - scores + margin > 0).astype(float)
    slopes[rows, labels] = 0
    slopes[rows, labels] = -slopes.sum(axis=1)
    return slopes / len(labels)
