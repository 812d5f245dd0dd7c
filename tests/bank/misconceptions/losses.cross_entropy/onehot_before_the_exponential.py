"""The logits are multiplied by one-hot before the sum of exponentials: all classes belong to it.

Loses: losses.cross_entropy.decomposition, losses.cross_entropy.local
"""


def cross_entropy_decomposition():
    return [
        ("picked", "multiply", ("onehot", "logits")),
        ("powers", "exp", ("picked",)),
        ("total", "sum", ("powers",)),
        ("normaliser", "log", ("total",)),
        ("chosen", "sum", ("picked",)),
        ("loss", "subtract", ("normaliser", "chosen")),
    ]
