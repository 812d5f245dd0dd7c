"""The size is rounded to the nearest whole number; a window that is only half there does not count.

Loses: sizes.pooling.formula
"""


def pooling_size(image, window, stride):
    j, k = image
    return int((j - window) / stride + 0.5) + 1, int((k - window) / stride + 0.5) + 1
