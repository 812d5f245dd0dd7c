"""The correlation theorem."""

import numpy as np


def circular_correlation(x, y):
    return np.fft.ifft(np.conj(np.fft.fft(x)) * np.fft.fft(y)).real
