import numpy as np


def activation_maps(parameters, image, layers):
    image.shape = (1, 1, 28, 28)  # one image, one channel
    first = layers["conv_forward"](image, parameters["w1"], parameters["b1"])
    first = layers["relu_forward"](first)
    second = layers["conv_forward"](layers["pool_forward"](first), parameters["w2"], parameters["b2"])
    second = layers["relu_forward"](second)
    return first[0], second[0]
