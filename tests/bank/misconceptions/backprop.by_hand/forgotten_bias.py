"""The bias is missing: a net input is the weighted sum of what comes in, and the bias of the unit.

Loses: backprop.by_hand.hidden_net_inputs, backprop.by_hand.net_inputs
"""


def below(values, layer):
    return values["x"] if layer == 1 else values[f"out{layer - 1}"]


def net_inputs(network, values, layer):
    return values[f"W{layer}"] @ below(values, layer)
