"""The slope of the activation is missing: a delta is the derivative by the net input, not by the output.

Loses: backprop.by_hand.deltas, backprop.by_hand.hidden_deltas
"""


def slopes(network, values, layer):
    return 1.0
