"""A plain number is counted as an operand that has a derivative, so that the derivatives stand at wrong operands.

Loses: chain_rule.composed.chains
"""


def chain_rule(decomposition, local_derivatives):
    slope = {"z": 1.0}
    for (name, _, operands), derivatives in zip(decomposition, local_derivatives):
        slope[name] = sum(d * slope.get(o, 0.0) for o, d in zip(operands, derivatives))
    return slope[decomposition[-1][0]]
