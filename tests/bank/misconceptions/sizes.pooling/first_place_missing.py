"""The first window is not counted: there is one more than there are steps.

Loses: sizes.pooling.formula
"""


def pooling_size(image, window, stride):
    j, k = image
    return (j - window) // stride, (k - window) // stride
