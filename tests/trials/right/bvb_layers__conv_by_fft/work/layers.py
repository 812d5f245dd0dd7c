"""Convolution in the frequency domain."""
from typing import NamedTuple

import numpy as np


class Gradients(NamedTuple):
    dx: np.ndarray
    dw: np.ndarray
    db: np.ndarray


def _plan(x, k):
    """Height and width of the transforms: with r zeros behind the image nothing wraps round into it."""
    return x.shape[2] + k // 2, x.shape[3] + k // 2


def _kernel_spectrum(w, size):
    """Kernels with their middle at (0, 0). What lies further off than the image is long never meets it."""
    r = w.shape[2] // 2
    spread = np.zeros(w.shape[:2] + size)
    for p in range(w.shape[2]):
        for q in range(w.shape[3]):
            i, j = p - r, q - r
            if abs(i) < size[0] - r and abs(j) < size[1] - r:
                spread[:, :, i % size[0], j % size[1]] = w[:, :, p, q]
    return np.fft.rfft2(spread)


def conv_forward(x, w, b):
    size = _plan(x, w.shape[2])
    product = np.einsum("nchw,fchw->nfhw", np.fft.rfft2(x, size), _kernel_spectrum(w, size).conj())
    y = np.fft.irfft2(product, size)
    return y[:, :, : x.shape[2], : x.shape[3]] + b[None, :, None, None]


def conv_backward(dy, x, w):
    k = w.shape[2]
    r, (H, W) = k // 2, x.shape[2:]
    size = _plan(x, k)
    fdy, fx = np.fft.rfft2(dy, size), np.fft.rfft2(x, size)
    dx = np.fft.irfft2(np.einsum("nfhw,fchw->nchw", fdy, _kernel_spectrum(w, size)), size)[:, :, :H, :W]
    lags = np.fft.irfft2(np.einsum("nfhw,nchw->fchw", fdy.conj(), fx), size)
    dw = np.zeros(w.shape, order="F")
    for p in range(k):
        for q in range(k):
            i, j = p - r, q - r
            if abs(i) < H and abs(j) < W:
                dw[:, :, p, q] = lags[:, :, i % size[0], j % size[1]]
    return Gradients(dx, dw, np.einsum("nfij->f", dy))
