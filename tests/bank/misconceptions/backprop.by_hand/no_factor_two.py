"""The factor 2 is missing: the derivative of the squared error is twice the error.

Loses: backprop.by_hand.deltas
"""


def deltas(network, values, layer):
    slope = values[f"out{layer}"] * (1 - values[f"out{layer}"])
    if layer == len(network["layers"]):
        return values["error"] * slope
    return (values[f"delta{layer + 1}"] @ values[f"W{layer + 1}"]) * slope
