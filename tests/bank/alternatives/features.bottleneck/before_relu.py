"""The 49 features before ReLU, and pooling before ReLU."""


def bottleneck(parameters, x, layers):
    p = parameters
    for number in (1, 2):
        x = layers["conv_forward"](x, p["w%d" % number], p["b%d" % number])
        x = layers["relu_forward"](layers["pool_forward"](x))
    return layers["linear_forward"](layers["flatten_forward"](x), p["w3"], p["b3"])
