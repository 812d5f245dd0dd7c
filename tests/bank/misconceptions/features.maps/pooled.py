"""The maps are pooled. Return what comes out of the convolutions.

Loses: features.maps.values
"""

import numpy as np


def activation_maps(parameters, image, layers):
    p, x = parameters, np.asarray(image)[None, None]
    first = layers["relu_forward"](layers["conv_forward"](x, p["w1"], p["b1"]))
    first = layers["pool_forward"](first)
    second = layers["relu_forward"](layers["conv_forward"](first, p["w2"], p["b2"]))
    return first[0], layers["pool_forward"](second)[0]
