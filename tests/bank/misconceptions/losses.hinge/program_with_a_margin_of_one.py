"""The program takes the margin for 1; it is an input.

Loses: losses.hinge.decomposition, losses.hinge.local
"""


def hinge_decomposition():
    return [
        ("picked", "multiply", ("onehot", "scores")),
        ("right", "sum", ("picked",)),
        ("ahead", "subtract", ("scores", "right")),
        ("short", "add", ("ahead", 1.0)),
        ("violations", "maximum", ("short", 0.0)),
        ("wrong", "subtract", (1.0, "onehot")),
        ("counted", "multiply", ("wrong", "violations")),
        ("loss", "sum", ("counted",)),
    ]
