
def places(size, window, stride):
    count, start = 1, stride
    while start + window < size:
        count += 1
        start += stride
    return count


def pooling_size(image, window, stride):
    return places(image[0], window, stride), places(image[1], window, stride)
