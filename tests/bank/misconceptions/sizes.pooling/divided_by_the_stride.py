"""The image is divided by the stride; windows may overlap, and the last must lie inside.

Loses: sizes.pooling.formula
"""


def pooling_size(image, window, stride):
    j, k = image
    return j // stride, k // stride
