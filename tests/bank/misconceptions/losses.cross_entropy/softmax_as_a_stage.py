"""Softmax is no elementary operation: write it as exponentials, their sum and a quotient.

Loses: losses.cross_entropy.decomposition, losses.cross_entropy.local
"""


def cross_entropy_decomposition():
    return [
        ("p", "softmax", ("logits",)),
        ("l", "log", ("p",)),
        ("m", "multiply", ("onehot", "l")),
        ("s", "sum", ("m",)),
        ("loss", "negate", ("s",)),
    ]
