"""Pixels are left as numbers from 0 to 255. Divide them by 255.

Loses: digits.chosen.classes
"""

import numpy as np


def choose_digits(images, labels, per_class):
    chosen = np.concatenate([np.flatnonzero(labels == digit)[:per_class] for digit in range(10)])
    return images[chosen, None], np.eye(10)[labels[chosen]]
