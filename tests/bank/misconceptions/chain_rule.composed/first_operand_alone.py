"""Only the first operand of each stage is followed; the others are paths too.

Loses: chain_rule.composed.paths
"""


def chain_rule(decomposition, local_derivatives):
    slope = {"z": 1.0}
    for (name, _, operands), derivatives in zip(decomposition, local_derivatives):
        first = next(operand for operand in operands if isinstance(operand, str))
        slope[name] = derivatives[0] * slope[first]
    return slope[decomposition[-1][0]]
