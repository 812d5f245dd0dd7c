def convolution_size(image, kernel, stride, padding=None):
    size = []
    for length, extent in zip(image, kernel):
        rim = padding or (extent - 1) // 2
        size.append((length + 2 * rim - extent) // stride + 1)
    return tuple(size)
