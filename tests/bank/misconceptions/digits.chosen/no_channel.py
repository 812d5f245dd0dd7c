"""The axis of channels is missing. Images have shape (N, 1, 28, 28).

Loses: digits.chosen.classes
"""

import numpy as np


def choose_digits(images, labels, per_class):
    chosen = np.concatenate([np.flatnonzero(labels == digit)[:per_class] for digit in range(10)])
    return images[chosen] / 255, np.eye(10)[labels[chosen]]
