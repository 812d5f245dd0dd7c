"""From z on: how much each stage grows with z."""


def chain_rule(decomposition, local_derivatives):
    grows = {"z": 1.0}
    for (name, _, operands), derivatives in zip(decomposition, local_derivatives):
        named = [operand for operand in operands if not isinstance(operand, (int, float))]
        grows[name] = sum(d * grows[o] for o, d in zip(named, derivatives))
    return grows[decomposition[-1][0]]
