"""An operand that stands twice in a stage is counted once; it has a derivative at each place.

Loses: chain_rule.composed.paths
"""


def chain_rule(decomposition, local_derivatives):
    slope = {"z": 1.0}
    for (name, _, operands), derivatives in zip(decomposition, local_derivatives):
        named = [operand for operand in operands if isinstance(operand, str)]
        slope[name] = sum(d * slope[o] for o, d in dict(zip(named, derivatives)).items())
    return slope[decomposition[-1][0]]
