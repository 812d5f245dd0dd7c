
from collections import deque

import numpy as np


def chain_rule(decomposition, local_derivatives):
    stages = {name: (operands, slopes) for (name, _, operands), slopes in zip(decomposition, local_derivatives)}
    shape = np.shape(next(d for slopes in local_derivatives for d in slopes))
    last = decomposition[-1][0]
    arrived = {name: np.zeros(shape) for name in ["z", *stages]}
    arrived[last] = np.ones(shape)
    waiting, met = deque([last]), {last}
    while waiting:
        name = waiting.popleft()
        operands, slopes = stages[name]
        for operand, slope in zip([o for o in operands if isinstance(o, str)], slopes):
            arrived[operand] = arrived[operand] + arrived[name] * slope
            if operand != "z" and operand not in met:
                met.add(operand)
                waiting.append(operand)
    return arrived["z"]
