"""Correlation by the discrete Fourier transform."""
from numpy.fft import irfft, rfft


def circular_correlation(x, y):
    # correlation theorem: Z = conj(X) Y; the length has to be told, or odd n come back one short
    return irfft(rfft(x).conj() * rfft(y), n=x.shape[0])
