import numpy as np


def dense_kernels(weights, channels, height, width):
    return np.asarray(weights, dtype=float).reshape((-1, channels, height, width), order="C")


def dense_everywhere(image, weights, bias, height, width):
    channels, rows, columns = image.shape
    kernels = dense_kernels(weights, channels, height, width)
    spectrum = np.fft.rfft2(image)[None]
    # Conjugation turns a circular convolution into a correlation; the wanted part is free of wrapping around.
    product = spectrum * np.conj(np.fft.rfft2(kernels, s=(rows, columns)))
    everywhere = np.fft.irfft2(product.sum(axis=1), s=(rows, columns))
    valid = everywhere[:, : rows - height + 1, : columns - width + 1]
    return valid + np.reshape(bias, (-1, 1, 1))
