"""Everything in single precision, the loss as a number of its own kind."""

import numpy as np


def hinge(scores, labels, margin):
    scores, rows = scores.astype(np.float32), np.arange(len(labels))
    parts = np.maximum(np.float32(0), scores - scores[rows, labels, None] + np.float32(margin))
    parts[rows, labels] = 0
    return parts.sum(axis=1).mean()


def hinge_gradient(scores, labels, margin):
    scores, rows = scores.astype(np.float32), np.arange(len(labels))
    slopes = (scores - scores[rows, labels, None] + np.float32(margin) > 0).astype(np.float32)
    slopes[rows, labels] -= slopes.sum(axis=1)
    return slopes / np.float32(len(labels))
