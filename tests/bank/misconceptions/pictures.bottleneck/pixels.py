"""These are the pixels. The bottleneck is the layer of 49.

Loses: pictures.bottleneck.features
"""


def bottleneck(parameters, x, layers):
    return layers["flatten_forward"](x)
