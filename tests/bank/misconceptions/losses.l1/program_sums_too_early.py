"""The errors are added up before the absolute value is taken.

Loses: losses.l1.decomposition, losses.l1.local
"""


def l1_decomposition():
    return [
        ("error", "subtract", ("prediction", "target")),
        ("total", "sum", ("error",)),
        ("loss", "absolute", ("total",)),
    ]
