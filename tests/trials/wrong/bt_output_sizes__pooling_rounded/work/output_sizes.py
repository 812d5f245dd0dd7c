def pooling_size(image, window, stride):
    """(n - window) / stride + 1, rounded"""
    return tuple(round((n - window) / stride + 1) for n in image)
