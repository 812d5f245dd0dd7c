import numpy as np


def circular_correlation(x, y):
    spectrum = np.conj(np.fft.rfft(x)) * np.fft.rfft(y)
    # without a length irfft gives the wrong one
    return np.fft.irfft(spectrum, 2 * len(spectrum) - 1)
