"""The size is not rounded down to a whole number.

Loses: sizes.pooling.formula
"""


def pooling_size(image, window, stride):
    j, k = image
    return (j - window) / stride + 1, (k - window) / stride + 1
