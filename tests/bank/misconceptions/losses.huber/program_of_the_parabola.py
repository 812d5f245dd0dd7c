"""The program is the parabola for errors of any size.

Loses: losses.huber.decomposition, losses.huber.local
"""


def huber_decomposition():
    return [
        ("error", "subtract", ("prediction", "target")),
        ("square", "square", ("error",)),
        ("halves", "multiply", (0.5, "square")),
        ("loss", "sum", ("halves",)),
    ]
