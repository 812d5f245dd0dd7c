"""Rows and columns of the weights are exchanged: W[2,1] leads to unit 2 from unit 1.

Loses: backprop.by_hand.hidden_net_inputs, backprop.by_hand.net_inputs
"""


def below(values, layer):
    return values["x"] if layer == 1 else values[f"out{layer - 1}"]


def net_inputs(network, values, layer):
    return below(values, layer) @ values[f"W{layer}"] + values[f"b{layer}"]
