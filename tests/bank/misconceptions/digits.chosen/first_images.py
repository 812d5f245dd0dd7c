"""The first images are taken whatever their class. Take as many of each class.

Loses: digits.chosen.classes
"""

import numpy as np


def choose_digits(images, labels, per_class):
    count = 10 * per_class
    return images[:count, None] / 255, np.eye(10)[labels[:count]]
