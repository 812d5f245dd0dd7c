"""There is no maximum in the program: classes beyond the margin must count nothing.

Loses: losses.hinge.decomposition, losses.hinge.local
"""


def hinge_decomposition():
    return [
        ("picked", "multiply", ("onehot", "scores")),
        ("right", "sum", ("picked",)),
        ("ahead", "subtract", ("scores", "right")),
        ("short", "add", ("ahead", "margin")),
        ("wrong", "subtract", (1.0, "onehot")),
        ("counted", "multiply", ("wrong", "short")),
        ("loss", "sum", ("counted",)),
    ]
