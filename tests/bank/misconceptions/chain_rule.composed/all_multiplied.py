"""All derivatives are multiplied; only those along one path are, and the paths are added up.

Loses: chain_rule.composed.paths
"""


def chain_rule(decomposition, local_derivatives):
    product = 1.0
    for derivatives in local_derivatives:
        for derivative in derivatives:
            product = product * derivative
    return product
