"""The length of the range of starts."""


def pooling_size(image, window, stride):
    return tuple(len(range(0, side - window + 1, stride)) for side in image)
