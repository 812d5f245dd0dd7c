"""These are probabilities. The softmax belongs to the loss; return the logits.

Loses: network.whole.logits
"""


def network_logits(parameters, x, layers):
    p = parameters
    for number in "12":
        x = layers["conv_forward"](x, p["w" + number], p["b" + number])
        x = layers["relu_forward"](x)
        x = layers["pool_forward"](x)
    x = layers["flatten_forward"](x)
    x = layers["relu_forward"](layers["linear_forward"](x, p["w3"], p["b3"]))
    return layers["softmax"](layers["linear_forward"](x, p["w4"], p["b4"]))
