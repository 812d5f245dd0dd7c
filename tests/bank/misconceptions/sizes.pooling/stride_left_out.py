"""The stride is left out.

Loses: sizes.pooling.formula
"""


def pooling_size(image, window, stride):
    j, k = image
    return j - window + 1, k - window + 1
