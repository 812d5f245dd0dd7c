import math


def pooling_size(image, window, stride):
    rows = range(0, image[0] - window, stride)
    columns = range(0, image[1] - window, stride)
    return max(1, len(rows)), max(1, len(columns))
