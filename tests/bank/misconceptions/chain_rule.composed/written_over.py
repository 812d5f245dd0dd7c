"""A path is written over by the next one; what reaches a name by several paths is added up.

Loses: chain_rule.composed.paths
"""


def chain_rule(decomposition, local_derivatives):
    slopes = {decomposition[-1][0]: 1.0}
    for (name, _, operands), derivatives in zip(reversed(decomposition), reversed(local_derivatives)):
        named = [operand for operand in operands if isinstance(operand, str)]
        for operand, derivative in zip(named, derivatives):
            slopes[operand] = slopes[name] * derivative
    return slopes["z"]
