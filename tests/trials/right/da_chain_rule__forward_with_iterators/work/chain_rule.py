
import numpy as np


class Slopes(dict):
    """By name: the derivative by z, worked out when it is asked for, and kept."""

    def __init__(self, stages):
        super().__init__()
        self.stages = stages

    def __missing__(self, name):
        operands, slopes = self.stages[name]
        left = iter(slopes)
        self[name] = sum(next(left) * self[each] for each in operands if type(each) is not float and isinstance(each, str))
        return self[name]


def chain_rule(decomposition, local_derivatives):
    slopes = Slopes({name: (operands, d) for (name, _, operands), d in zip(decomposition, local_derivatives, strict=True)})
    some = [each for stage in local_derivatives for each in stage][0]
    slopes["z"] = np.ones_like(some, dtype=float)
    for name, _, _ in decomposition:  # in order, so that nothing goes deep
        slopes[name]
    return np.array(slopes[decomposition[-1][0]] + np.zeros_like(slopes["z"]))
