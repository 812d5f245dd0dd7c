
from functools import partial

import numpy as np

PROGRAMS = {
    "sigmoid": [  # exp(z - log(1 + exp(z)))
        ("grown", "exp", ("z",)),
        ("more", "add", ("grown", 1.0)),
        ("softplus", "log", ("more",)),
        ("log of it", "subtract", ("z", "softplus")),
        ("value", "exp", ("log of it",)),
    ],
    "tanh": [
        ("e", "exp", ("z",)),
        ("e²", "multiply", ("e", "e")),
        ("above", "subtract", ("e²", 1)),
        ("below", "add", (1, "e²")),
        ("value", "divide", ("above", "below")),
    ],
    "relu": [
        ("size", "absolute", ("z",)),
        ("both", "add", ("size", "z")),
        ("value", "divide", ("both", 2)),
    ],
}

# each operation: what it does, and its derivatives by its operands
OPERATIONS = {
    "exp": (np.exp, lambda a: [np.exp(a)]),
    "log": (np.log, lambda a: [1 / a]),
    "absolute": (np.abs, lambda a: [np.sign(a)]),
    "add": (np.add, lambda a, b: [1.0, 1.0]),
    "subtract": (np.subtract, lambda a, b: [1.0, -1.0]),
    "multiply": (np.multiply, lambda a, b: [b, a]),
    "divide": (np.divide, lambda a, b: [1 / b + 0 * a, -a / b**2]),
}


def _program(name):
    return [(stage, operation, tuple(operands)) for stage, operation, operands in PROGRAMS[name]]


def _local(name, z):
    known, answer = {"z": np.asarray(z)}, []
    for stage, operation, operands in PROGRAMS[name]:
        values = [known[each] if isinstance(each, str) else each for each in operands]
        forward, slopes = OPERATIONS[operation]
        known[stage] = forward(*values)
        answer.append(tuple(d for d, each in zip(slopes(*values), operands) if isinstance(each, str)))
    return answer


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def sigmoid_derivative(z):
    return np.exp(-np.logaddexp(0, z) - np.logaddexp(0, -z))


def tanh(z):
    shrunk = np.expm1(-2 * np.abs(z))
    return np.copysign(-shrunk / (2 + shrunk), z)


def tanh_derivative(z):
    return 4 * sigmoid_derivative(2 * z)


def relu(z):
    return np.clip(z, 0, None)


def relu_derivative(z):
    return np.heaviside(z, 0.3)


sigmoid_decomposition, tanh_decomposition, relu_decomposition = (partial(_program, name) for name in PROGRAMS)
sigmoid_local_derivatives = partial(_local, "sigmoid")
tanh_local_derivatives = partial(_local, "tanh")
relu_local_derivatives = partial(_local, "relu")
