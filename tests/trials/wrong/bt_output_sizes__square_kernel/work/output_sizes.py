import numpy as np

def _places(length, window, stride):
    return len(range(0, length - window + 1, stride))

def convolution_size(image, kernel, stride, padding):
    return np.array([_places(n + 2 * padding, kernel[0], stride) for n in image])

def pooling_size(image, window, stride):
    return ("floor((J - window) / stride) + 1", "(K - window) // stride + 1")
