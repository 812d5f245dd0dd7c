"""Biases are left out: zeros are passed in their place.

Loses: network.whole.logits
"""

import numpy as np


def network_logits(parameters, x, layers):
    p = parameters
    for number in "12":
        x = layers["conv_forward"](x, p["w" + number], np.zeros(4))
        x = layers["relu_forward"](x)
        x = layers["pool_forward"](x)
    x = layers["flatten_forward"](x)
    x = layers["relu_forward"](layers["linear_forward"](x, p["w3"], p["b3"]))
    return layers["linear_forward"](x, p["w4"], p["b4"])
