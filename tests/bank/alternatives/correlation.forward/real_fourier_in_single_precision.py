"""The correlation theorem for real signals, in float32."""

import numpy as np


def circular_correlation(x, y):
    z = np.fft.irfft(np.conj(np.fft.rfft(x)) * np.fft.rfft(y), n=len(x))
    return z.astype(np.float32)
