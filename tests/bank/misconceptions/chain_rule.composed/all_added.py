"""The derivatives along a path are added up; multiply them.

Loses: chain_rule.composed.chains chain_rule.composed.paths
"""


def chain_rule(decomposition, local_derivatives):
    return sum(derivative for derivatives in local_derivatives for derivative in derivatives)
