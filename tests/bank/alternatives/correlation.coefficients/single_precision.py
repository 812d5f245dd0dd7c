"""Zero-dimensional arrays in float32."""

import numpy as np


def dz_dx(x, y, k, i):
    return np.roll(y, -k)[i].astype(np.float32)


def dz_dy(x, y, k, i):
    return np.asarray(np.roll(x, k)[i], dtype=np.float32)
