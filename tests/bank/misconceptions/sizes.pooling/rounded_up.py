"""The size is rounded up: a place where the window reaches over the end is counted.

Loses: sizes.pooling.formula
"""

import math


def pooling_size(image, window, stride):
    j, k = image
    return math.ceil((j - window) / stride) + 1, math.ceil((k - window) / stride) + 1
