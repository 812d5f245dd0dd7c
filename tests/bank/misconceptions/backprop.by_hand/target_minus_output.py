"""The error has the wrong sign: it is the output minus the target.

Loses: backprop.by_hand.errors
"""


def errors(network, values, layer):
    return values["t"] - values[f"out{layer}"]
