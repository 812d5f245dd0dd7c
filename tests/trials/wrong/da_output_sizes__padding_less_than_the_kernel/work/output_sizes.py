
def convolution_size(image, kernel, stride, padding):
    padding = min(padding, max(kernel) - 1)
    return tuple((have + 2 * padding - need) // stride + 1 for have, need in zip(image, kernel))
