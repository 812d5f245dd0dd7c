"""The right class is counted in the program too, which adds the margin.

Loses: losses.hinge.decomposition, losses.hinge.local
"""


def hinge_decomposition():
    return [
        ("picked", "multiply", ("onehot", "scores")),
        ("right", "sum", ("picked",)),
        ("ahead", "subtract", ("scores", "right")),
        ("short", "add", ("ahead", "margin")),
        ("violations", "maximum", ("short", 0.0)),
        ("loss", "sum", ("violations",)),
    ]
