"""The deltas come back by the wrong weights: what unit 1 leads to is in column 1, not in row 1.

Loses: backprop.by_hand.hidden_deltas
"""


def deltas(network, values, layer):
    slope = values[f"out{layer}"] * (1 - values[f"out{layer}"])
    if layer == len(network["layers"]):
        return 2 * values["error"] * slope
    return (values[f"W{layer + 1}"] @ values[f"delta{layer + 1}"]) * slope
