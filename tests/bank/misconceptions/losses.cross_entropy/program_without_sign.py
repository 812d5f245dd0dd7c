"""The program comes to log softmax; its sign is missing.

Loses: losses.cross_entropy.decomposition, losses.cross_entropy.local
"""


def cross_entropy_decomposition():
    return [
        ("powers", "exp", ("logits",)),
        ("total", "sum", ("powers",)),
        ("normaliser", "log", ("total",)),
        ("picked", "multiply", ("onehot", "logits")),
        ("chosen", "sum", ("picked",)),
        ("loss", "subtract", ("chosen", "normaliser")),
    ]
