"""The right class gets nothing; it gets −1 for each class that violates the margin.

Loses: losses.hinge.gradient
"""

import numpy as np


def hinge_gradient(scores, labels, margin):
    rows = np.arange(len(labels))
    violations = scores - scores[rows, labels][:, None] + margin
    violations[rows, labels] = 0
    return (violations > 0) / len(labels)
