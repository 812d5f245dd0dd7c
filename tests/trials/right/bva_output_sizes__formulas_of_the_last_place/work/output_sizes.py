def _places(size, kernel):
    free = f"({size} + 2 * padding - {kernel})"
    return f"({free} - mod({free}, stride)) / stride + 1"


def convolution_size(image, kernel, stride, padding):
    """The last place is the greatest multiple of the stride that leaves room for the kernel."""
    return _places("J", "M"), _places("K", "N")
