"""The deltas come back by weights that are updated already: take those that are given.

Loses: backprop.by_hand.hidden_deltas
"""

import numpy as np


def deltas(network, values, layer):
    slope = values[f"out{layer}"] * (1 - values[f"out{layer}"])
    if layer == len(network["layers"]):
        return 2 * values["error"] * slope
    above = values[f"delta{layer + 1}"]
    updated = values[f"W{layer + 1}"] - values["eta"] * np.outer(above, values[f"out{layer}"])
    return (above @ updated) * slope
