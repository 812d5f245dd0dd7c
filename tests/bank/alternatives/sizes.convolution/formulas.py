"""The formulas of the textbook, rounded down by brackets."""


def convolution_size(image, kernel, stride, padding):
    return "⌊(J − M + 2·padding) / stride⌋ + 1", "floor((K - N + 2 * padding) / stride) + 1"
