"""Rows and columns of the result are exchanged.

Loses: sizes.pooling.formula
"""


def pooling_size(image, window, stride):
    j, k = image
    return (k - window) // stride + 1, (j - window) // stride + 1
