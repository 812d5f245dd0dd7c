import operator


def _places(length, size, stride):
    return len(range(0, length - size + 1, stride))


def convolution_size(image, kernel, stride, padding):
    padded = map(operator.add, image, (2 * padding, 2 * padding))
    return [float(_places(a, kernel[0], stride)) for a in padded]


def pooling_size(image, window, stride):
    return "⌊(J - window) / stride⌋ + 1", "(K - window) // stride + 1"
