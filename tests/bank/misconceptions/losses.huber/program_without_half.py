"""A ½ is missing in the program.

Loses: losses.huber.decomposition, losses.huber.local
"""


def huber_decomposition():
    return [
        ("error", "subtract", ("prediction", "target")),
        ("size", "absolute", ("error",)),
        ("inner", "minimum", ("size", "delta")),
        ("rest", "subtract", ("size", "inner")),
        ("parts", "multiply", ("inner", "rest")),
        ("loss", "sum", ("parts",)),
    ]
