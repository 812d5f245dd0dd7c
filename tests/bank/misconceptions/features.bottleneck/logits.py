"""These are the logits. The bottleneck is the layer before them.

Loses: features.bottleneck.values
"""


def bottleneck(parameters, x, layers):
    p = parameters
    for number in "12":
        x = layers["conv_forward"](x, p[f"w{number}"], p[f"b{number}"])
        x = layers["pool_forward"](layers["relu_forward"](x))
    flat = layers["flatten_forward"](x)
    hidden = layers["linear_forward"](flat, p["w3"], p["b3"])
    return layers["linear_forward"](layers["relu_forward"](hidden), p["w4"], p["b4"])
