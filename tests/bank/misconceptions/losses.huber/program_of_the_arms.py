"""The program has the arms for errors of any size: use the lesser of |e| and δ.

Loses: losses.huber.decomposition, losses.huber.local
"""


def huber_decomposition():
    return [
        ("error", "subtract", ("prediction", "target")),
        ("size", "absolute", ("error",)),
        ("half", "multiply", (0.5, "delta")),
        ("rest", "subtract", ("size", "half")),
        ("parts", "multiply", ("delta", "rest")),
        ("loss", "sum", ("parts",)),
    ]
