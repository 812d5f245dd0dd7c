
def convolution_size(image, kernel, stride, padding):
    return [len(range(0, int(have) + 2 * int(padding) - int(need) + 1, int(stride))) for have, need in zip(image, kernel)]


def pooling_size(image, window, stride):
    return "(J - window - mod(J - window, stride)) / stride + 1", "1 + (K - window - mod(K - window, stride)) / stride"
