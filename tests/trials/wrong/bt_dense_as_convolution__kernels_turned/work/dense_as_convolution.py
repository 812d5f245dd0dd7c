import numpy as np

def dense_kernels(weights, channels, height, width):
    kernels = np.zeros((weights.shape[0], channels, height, width))
    for e in range(weights.shape[1]):
        c, rest = divmod(e, height * width)
        kernels[:, c, rest // width, rest % width] = weights[:, e]
    return kernels

def dense_everywhere(image, weights, bias, height, width):
    C, J, K = image.shape
    kernels = dense_kernels(weights, C, height, width)
    rows, columns = J - height + 1, K - width + 1
    out = np.tile(np.asarray(bias, float)[:, None, None], (1, rows, columns))
    for i in range(height):
        for j in range(width):
            out += np.tensordot(kernels[:, :, i, j], image[:, height - 1 - i:height - 1 - i + rows, width - 1 - j:width - 1 - j + columns], axes=1)
    return out
