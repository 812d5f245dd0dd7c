
import numpy as np


def chain_rule(decomposition, local_derivatives):
    shape = np.shape(next(d for slopes in local_derivatives for d in slopes))
    arrived = {"z": np.zeros(shape)}
    for name, _, _ in decomposition:
        arrived[name] = np.zeros(shape)
    arrived[decomposition[-1][0]] = np.ones(shape)
    for (name, _, operands), slopes in zip(reversed(decomposition), reversed(local_derivatives)):
        names = [operand for operand in operands if isinstance(operand, str)]
        for operand, slope in dict(zip(names, slopes)).items():
            arrived[operand] = arrived[operand] + arrived[name] * slope
    return arrived["z"]
