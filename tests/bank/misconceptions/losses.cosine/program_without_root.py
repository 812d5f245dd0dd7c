"""The root is missing in the program: the lengths stay squared.

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
        ("cos", "divide", ("dot", "both")),
        ("loss", "subtract", (1.0, "cos")),
    ]
