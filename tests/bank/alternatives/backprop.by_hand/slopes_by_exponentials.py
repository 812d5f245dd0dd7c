"""The slope of the sigmoid by exponentials of the net input; deltas unit by unit."""

import numpy as np


def slopes(network, values, layer):
    net = values[f"net{layer}"]
    return np.exp(-net) / (1 + np.exp(-net)) ** 2


def deltas(network, values, layer):
    if layer == 2:
        return np.array([2 * e * s for e, s in zip(values["error"], slopes(network, values, 2), strict=True)])
    back = [sum(values["delta2"][k] * values["W2"][k, i] for k in range(2)) for i in range(2)]
    return np.array(back) * slopes(network, values, 1)
