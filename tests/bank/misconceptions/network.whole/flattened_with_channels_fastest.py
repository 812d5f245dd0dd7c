"""Channels are made to run fastest before flattening; leave their order to flatten_forward.

Loses: network.whole.logits
"""

import numpy as np


def network_logits(parameters, x, layers):
    p = parameters
    for number in "12":
        x = layers["conv_forward"](x, p["w" + number], p["b" + number])
        x = layers["relu_forward"](x)
        x = layers["pool_forward"](x)
    x = layers["flatten_forward"](np.transpose(x, (0, 2, 3, 1)))
    x = layers["relu_forward"](layers["linear_forward"](x, p["w3"], p["b3"]))
    return layers["linear_forward"](x, p["w4"], p["b4"])
