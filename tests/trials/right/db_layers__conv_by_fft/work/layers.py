"""Convolution layers through the frequency domain."""
import numpy as np


def _size(*spans):
    """A length at which a circular correlation does not wrap round."""
    return sum(spans)


def _spectrum(a, shape):
    return np.fft.rfft2(a, s=shape, axes=(-2, -1))


def conv_forward(x, w, b):
    rows, columns = x.shape[2:]
    k = w.shape[2]
    r = k // 2
    shape = _size(rows, 2 * k), _size(columns, 2 * k)
    product = np.einsum("ncuv,fcuv->nfuv", _spectrum(x, shape), _spectrum(w, shape).conj())
    full = np.fft.irfft2(product, s=shape, axes=(-2, -1))
    # entry t of the circular correlation is the sum of w[p] x[p + t]; wanted is t = i - r
    return np.roll(full, (r, r), axis=(2, 3))[:, :, :rows, :columns] + b[None, :, None, None]


def conv_backward(dy, x, w):
    rows, columns = x.shape[2:]
    k = w.shape[2]
    r = k // 2
    shape = _size(rows, 2 * k), _size(columns, 2 * k)
    dys, xs, ws = (_spectrum(each, shape) for each in (dy, x, w))
    dx = np.fft.irfft2(np.einsum("nfuv,fcuv->ncuv", dys, ws), s=shape, axes=(-2, -1))
    dx = np.roll(dx, (-r, -r), axis=(2, 3))[:, :, :rows, :columns]
    dw = np.fft.irfft2(np.einsum("nfuv,ncuv->fcuv", dys.conj(), xs), s=shape, axes=(-2, -1))
    dw = np.roll(dw, (r, r), axis=(2, 3))[:, :, :k, :k]
    return dx, dw, np.add.reduce(dy, axis=(0, 2, 3))
