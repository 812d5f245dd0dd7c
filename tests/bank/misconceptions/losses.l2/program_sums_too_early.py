"""The errors are added up before they are squared.

Loses: losses.l2.decomposition, losses.l2.local
"""


def l2_decomposition():
    return [("error", "subtract", ("prediction", "target")), ("total", "sum", ("error",)), ("loss", "square", ("total",))]
