"""Backwards, in arrays that are added to in place."""

import numpy as np


def chain_rule(decomposition, local_derivatives):
    shape = np.shape(local_derivatives[0][0])
    slopes = {"z": np.zeros(shape)}
    for name, _, _ in decomposition:
        slopes[name] = np.zeros(shape)
    slopes[decomposition[-1][0]] += 1
    for index in range(len(decomposition) - 1, -1, -1):
        name, _, operands = decomposition[index]
        place = 0
        for operand in operands:
            if type(operand) is str:
                slopes[operand] += slopes[name] * local_derivatives[index][place]
                place += 1
    return slopes["z"]
