"""The last stage is a vector: the sizes must be added up.

Loses: losses.l1.decomposition, losses.l1.local
"""


def l1_decomposition():
    return [("error", "subtract", ("prediction", "target")), ("size", "absolute", ("error",))]
