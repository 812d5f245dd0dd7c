"""The ReLUs between the layers are left out.

Loses: features.bottleneck.values
"""


def bottleneck(parameters, x, layers):
    p = parameters
    for number in "12":
        x = layers["pool_forward"](layers["conv_forward"](x, p[f"w{number}"], p[f"b{number}"]))
    return layers["linear_forward"](layers["flatten_forward"](x), p["w3"], p["b3"])
