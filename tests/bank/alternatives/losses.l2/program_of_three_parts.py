"""p² − 2 p t + t², each added up."""


def l2_decomposition():
    return [
        ("pp", "square", ("prediction",)),
        ("tt", "square", ("target",)),
        ("pt", "multiply", ("prediction", "target")),
        ("two", "add", ("pt", "pt")),
        ("ends", "add", ("pp", "tt")),
        ("all", "subtract", ("ends", "two")),
        ("loss", "sum", ("all",)),
    ]


def l2_local_derivatives(prediction, target):
    return [(2 * prediction,), (2 * target,), (target, prediction), (1, 1), (1, 1), (1, -1), (1,)]
