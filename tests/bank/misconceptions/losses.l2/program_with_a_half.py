"""There is a ½ in the program that is not asked for.

Loses: losses.l2.decomposition, losses.l2.local
"""


def l2_decomposition():
    return [
        ("error", "subtract", ("prediction", "target")),
        ("square", "square", ("error",)),
        ("total", "sum", ("square",)),
        ("loss", "multiply", (0.5, "total")),
    ]
