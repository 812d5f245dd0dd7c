"""The slope is taken of the net input: for a sigmoid it is out (1 - out), with the output of the unit.

Loses: backprop.by_hand.deltas, backprop.by_hand.hidden_deltas
"""


def slopes(network, values, layer):
    net = values[f"net{layer}"]
    return net * (1 - net)
