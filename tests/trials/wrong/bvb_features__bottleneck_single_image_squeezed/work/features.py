import numpy as np


def up_to_bottleneck(p, x, layers):
    for k in ("1", "2"):
        x = layers["pool_forward"](layers["relu_forward"](layers["conv_forward"](x, p["w" + k], p["b" + k])))
    x = layers["flatten_forward"](x)
    return layers["relu_forward"](layers["linear_forward"](x, p["w3"], p["b3"]))


def bottleneck(parameters, x, layers):
    return np.squeeze(up_to_bottleneck(parameters, x, layers))
