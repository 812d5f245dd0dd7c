
import numpy as np


def dense_kernels(weights, channels, height, width):
    return np.reshape(weights, (len(weights), channels, height, width), order="A").astype(float)
