"""Images and labels are not in one order: a label belongs to another image.

Loses: digits.chosen.classes
"""

import numpy as np


def choose_digits(images, labels, per_class):
    chosen = np.sort(np.concatenate([np.flatnonzero(labels == digit)[:per_class] for digit in range(10)]))
    return images[chosen, None] / 255, np.eye(10)[np.repeat(np.arange(10), per_class)]
