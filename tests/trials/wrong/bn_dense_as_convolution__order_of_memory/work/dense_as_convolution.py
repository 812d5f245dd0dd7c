import numpy as np


def dense_kernels(weights, channels, height, width):
    outputs = weights.shape[0]
    return np.reshape(weights, (outputs, channels, height, width), order="A").copy()
