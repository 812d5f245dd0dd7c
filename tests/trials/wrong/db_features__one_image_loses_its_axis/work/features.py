import numpy as np


def activation_maps(parameters, image, layers):
    x = np.array(image)[None, None]
    first = layers["relu_forward"](layers["conv_forward"](x, parameters["w1"], parameters["b1"]))
    second = layers["conv_forward"](layers["pool_forward"](first), parameters["w2"], parameters["b2"])
    return first[0], layers["relu_forward"](second)[0]


def bottleneck(parameters, x, layers):
    for number in "12":
        x = layers["conv_forward"](x, parameters["w" + number], parameters["b" + number])
        x = layers["pool_forward"](layers["relu_forward"](x))
    hidden = layers["linear_forward"](layers["flatten_forward"](x), parameters["w3"], parameters["b3"])
    return np.squeeze(layers["relu_forward"](hidden))
