"""An array in single precision."""

import numpy as np


def pooling_size(image, window, stride):
    return np.array([1 + (side - window) // stride for side in image], dtype=np.float32)
