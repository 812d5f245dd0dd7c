import numpy as np

def dense_kernels(weights, channels, height, width):
    outputs = weights.shape[0]
    weights.shape = (outputs, channels, height, width)
    return weights

def dense_everywhere(image, weights, bias, height, width):
    C, J, K = image.shape
    kernels = weights.reshape(len(weights), C, height, width)
    R, S = J - height + 1, K - width + 1
    out = np.zeros((len(weights), R, S))
    for i in range(height):
        for j in range(width):
            out += np.tensordot(kernels[:, :, i, j], image[:, i:i + R, j:j + S], axes=1)
    return out + bias[:, None, None]
