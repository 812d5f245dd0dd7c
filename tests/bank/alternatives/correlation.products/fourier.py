"""Correlation and convolution by transforms, returned as one array of two rows."""

import numpy as np


def vjp(x, y, v):
    x_hat, y_hat, v_hat = np.fft.fft([x, y, v])
    return np.fft.ifft([v_hat.conj() * y_hat, v_hat * x_hat]).real
