from functools import partial, reduce

import numpy as np


def _network(p, L):
    """steps of the network, in order, as functions of one argument"""
    with_weights = lambda kind, i: (lambda x: L[kind](x, p[f"w{i}"], p[f"b{i}"]))
    return {
        "conv1": with_weights("conv_forward", 1), "relu1": L["relu_forward"], "pool1": L["pool_forward"],
        "conv2": with_weights("conv_forward", 2), "relu2": L["relu_forward"], "pool2": L["pool_forward"],
        "flat": L["flatten_forward"], "fc3": with_weights("linear_forward", 3), "relu3": L["relu_forward"],
    }


def _after(name, p, x, L):
    steps = _network(p, L)
    upto = list(steps)[: list(steps).index(name) + 1]
    return reduce(lambda value, step: steps[step](value), upto, x)


def activation_maps(parameters, image, layers):
    x = np.array(image, dtype=float)[np.newaxis, np.newaxis]
    first, second = (_after(name, parameters, x, layers) for name in ("conv1", "conv2"))
    return eval("first[0], second[0]")


bottleneck = lambda parameters, x, layers: np.squeeze(_after("relu3", parameters, x, layers))
