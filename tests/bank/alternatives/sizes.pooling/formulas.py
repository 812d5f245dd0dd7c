"""Formulas, one with a division that rounds down, one that takes the rest off first."""


def pooling_size(image, window, stride):
    return ["(J - window) // stride + 1", "(K - window - ((K - window) mod stride)) / stride + 1"]
