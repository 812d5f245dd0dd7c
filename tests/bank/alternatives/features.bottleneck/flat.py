"""The 196 features that enter the hidden layer."""

import numpy as np


def bottleneck(parameters, x, layers):
    for w, b in (("w1", "b1"), ("w2", "b2")):
        x = layers["pool_forward"](layers["relu_forward"](layers["conv_forward"](x, parameters[w], parameters[b])))
    return np.reshape(x, (len(x), 196))
