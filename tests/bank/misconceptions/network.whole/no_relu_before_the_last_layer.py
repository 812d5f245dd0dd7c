"""There is no ReLU between the last two layers, which are then no more than one.

Loses: network.whole.logits
"""


def network_logits(parameters, x, layers):
    p = parameters
    for number in "12":
        x = layers["conv_forward"](x, p["w" + number], p["b" + number])
        x = layers["relu_forward"](x)
        x = layers["pool_forward"](x)
    x = layers["flatten_forward"](x)
    x = layers["linear_forward"](x, p["w3"], p["b3"])
    return layers["linear_forward"](x, p["w4"], p["b4"])
