"""This is max(0, margin − s[y]), the hinge of two classes; compare the right score with each wrong one.

Loses: losses.hinge.value, losses.hinge.gradient
"""

import numpy as np


def hinge(scores, labels, margin):
    return np.maximum(0, margin - scores[np.arange(len(labels)), labels]).mean()


def hinge_gradient(scores, labels, margin):
    rows, slopes = np.arange(len(labels)), np.zeros_like(scores)
    slopes[rows, labels] = -(scores[rows, labels] < margin) / len(labels)
    return slopes
