"""The right class is counted too, which adds the margin to each example's loss.

Loses: losses.hinge.value
"""

import numpy as np


def hinge(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    return np.maximum(0, violations).sum() / len(labels)
