import numpy as np

_layers = {}


def _kernels(weights, channels, height, width):
    key = (weights.shape, channels, height, width)
    if key not in _layers:
        _layers[key] = weights.reshape(-1, channels, height, width).copy()
    return _layers[key]


def dense_everywhere(image, weights, bias, height, width):
    channels, rows, columns = image.shape
    kernels = _kernels(weights, channels, height, width)
    out = np.empty((len(kernels), rows - height + 1, columns - width + 1))
    for r in range(out.shape[1]):
        for c in range(out.shape[2]):
            part = image[:, r : r + height, c : c + width]
            out[:, r, c] = np.tensordot(kernels, part, axes=3) + bias
    return out
