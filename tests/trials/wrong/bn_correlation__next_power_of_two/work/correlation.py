import numpy as np


def circular_correlation(x, y):
    n = len(x)
    size = 1 << (n - 1).bit_length()
    X, Y = np.fft.fft(x, size), np.fft.fft(y, size)
    return np.fft.ifft(X.conj() * Y).real[:n]
