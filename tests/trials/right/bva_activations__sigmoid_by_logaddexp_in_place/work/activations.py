import numpy as np


def sigmoid(z):
    """exp(-log(1 + exp(-z))), in the array that was given."""
    np.negative(z, out=z)
    np.logaddexp(0, z, out=z)
    np.negative(z, out=z)
    return np.exp(z, out=z)


def sigmoid_derivative(z):
    # σ' = σ(z) σ(-z)
    return sigmoid(z.copy()) * sigmoid(-z)


def sigmoid_decomposition():
    return [
        ("exp(-z) upside down", "exp", ("z",)),
        ("1 + exp(-z)", "reciprocal", ("exp(-z) upside down",)),
        ("Z", "add", (1, "1 + exp(-z)")),
        ("ln", "log", ("Z",)),
        ("-ln", "subtract", (0, "ln")),
        ("σ", "exp", ("-ln",)),
    ]


def sigmoid_local_derivatives(z):
    e = np.exp(z)
    total = 1 + 1 / e
    one = np.broadcast_to(np.float64(1), z.shape)
    return [(e,), (-(e**-2.0),), (1,), (1 / total,), (-one,), (1 / total,)]
