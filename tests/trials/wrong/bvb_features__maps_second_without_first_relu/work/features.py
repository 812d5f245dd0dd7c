import numpy as np


def activation_maps(parameters, image, layers):
    x = np.reshape(image, (1, 1, 28, 28))
    first = layers["conv_forward"](x, parameters["w1"], parameters["b1"])
    pooled = layers["pool_forward"](first)
    second = layers["conv_forward"](pooled, parameters["w2"], parameters["b2"])
    return first[0], second[0]
