from collections import namedtuple

import numpy as np

Maps = namedtuple("Maps", "first second")


def stages(parameters, x, layers):
    """Yield what comes out of each layer, by name."""
    for number in "12":
        x = layers["conv_forward"](x, parameters["w" + number], parameters["b" + number])
        yield "convolution " + number, x
        x = layers["relu_forward"](x)
        yield "relu " + number, x
        x = layers["pool_forward"](x)
    x = layers["flatten_forward"](x)
    yield "flat", x
    yield "hidden", layers["linear_forward"](x, parameters["w3"], parameters["b3"])


def activation_maps(parameters, image, layers):
    """The first layer's before its ReLU, to see both signs, the second layer's after it."""
    found = dict(stages(parameters, np.array(image, ndmin=4), layers))
    return Maps(found["convolution 1"][0], found["relu 2"][0])


def bottleneck(parameters, x, layers):
    """Image by image, which needs less memory: the 49 before their ReLU."""
    rows = [dict(stages(parameters, x[n : n + 1], layers))["hidden"] for n in range(len(x))]
    return np.concatenate(rows)
