"""The image is divided by the window; the stride may be another.

Loses: sizes.pooling.formula
"""


def pooling_size(image, window, stride):
    j, k = image
    return j // window, k // window
