"""A norm is no elementary operation: write it as squares, a sum and a root.

Loses: losses.cosine.decomposition, losses.cosine.local
"""


def cosine_decomposition():
    return [
        ("products", "multiply", ("a", "b")),
        ("dot", "sum", ("products",)),
        ("length_a", "norm", ("a",)),
        ("length_b", "norm", ("b",)),
        ("lengths", "multiply", ("length_a", "length_b")),
        ("cos", "divide", ("dot", "lengths")),
        ("loss", "subtract", (1.0, "cos")),
    ]
