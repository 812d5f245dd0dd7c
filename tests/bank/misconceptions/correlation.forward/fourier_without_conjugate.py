"""The spectra are multiplied without a conjugate: that is convolution.

Loses: correlation.forward.direction
"""

import numpy as np


def circular_correlation(x, y):
    return np.fft.ifft(np.fft.fft(x) * np.fft.fft(y)).real
