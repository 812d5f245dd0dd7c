"""The last stage is a vector: what one-hot picks must be added up.

Loses: losses.cross_entropy.decomposition, losses.cross_entropy.local
"""


def cross_entropy_decomposition():
    return [
        ("powers", "exp", ("logits",)),
        ("total", "sum", ("powers",)),
        ("softmax", "divide", ("powers", "total")),
        ("logarithm", "log", ("softmax",)),
        ("picked", "multiply", ("onehot", "logarithm")),
        ("loss", "negate", ("picked",)),
    ]
