"""This is the beginning of a series, which holds near 0 only.

Loses: activations.tanh.decomposition, activations.tanh.local
"""


def tanh_decomposition():
    return [
        ("s", "square", ("z",)),
        ("c", "multiply", ("z", "s")),
        ("d", "divide", ("c", 3)),
        ("t", "subtract", ("z", "d")),
    ]


def tanh_local_derivatives(z):
    return [(2 * z,), (z**2, z), (1 / 3,), (1.0, -1.0)]
