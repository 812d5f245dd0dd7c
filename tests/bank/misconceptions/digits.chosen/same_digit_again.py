"""One digit of each class is taken again and again. Take different ones.

Loses: digits.chosen.classes
"""

import numpy as np


def choose_digits(images, labels, per_class):
    chosen = np.concatenate([np.flatnonzero(labels == digit)[:1].repeat(per_class) for digit in range(10)])
    return images[chosen, None] / 255, np.eye(10)[labels[chosen]]
