"""The program comes to the similarity; the loss is 1 less that.

Loses: losses.cosine.decomposition, losses.cosine.local
"""


def cosine_decomposition():
    return [
        ("products", "multiply", ("a", "b")),
        ("dot", "sum", ("products",)),
        ("squares_a", "square", ("a",)),
        ("squares_b", "square", ("b",)),
        ("total_a", "sum", ("squares_a",)),
        ("total_b", "sum", ("squares_b",)),
        ("both", "multiply", ("total_a", "total_b")),
        ("lengths", "sqrt", ("both",)),
        ("loss", "divide", ("dot", "lengths")),
    ]
