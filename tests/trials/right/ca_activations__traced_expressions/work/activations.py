"""Each function is written once, on traced numbers; stages and local derivatives come out of that."""
import numpy as np
from trace import Traced, ops

FORMULAS = {}

def formula(f):
    FORMULAS[f.__name__.strip("_")] = f
    return f

@formula
def _sigmoid(z):
    return (1.0 + (-z).exp()).reciprocal()

@formula
def _tanh(z):
    # 2 sigmoid(2z) - 1
    return 2.0 * (1.0 + (z * -2.0).exp()).reciprocal() - 1.0

@formula
def _relu(z):
    return z.maximum(0.0)

def sigmoid(z):
    return np.exp(-np.logaddexp(0.0, -np.asarray(z)))

def tanh(z):
    return 2.0 * sigmoid(2.0 * np.asarray(z)) - 1.0

def relu(z):
    return (np.abs(z) + z) / 2

def sigmoid_derivative(z):
    return sigmoid(z) * sigmoid(-np.asarray(z))

def tanh_derivative(z):
    return 4.0 * sigmoid_derivative(2.0 * np.asarray(z))

def relu_derivative(z):
    return np.heaviside(z, 0.5)

def _make(name):
    def decomposition():
        tape = []
        FORMULAS[name](Traced("z", tape))
        return tape

    def local_derivatives(z):
        values, result = {"z": np.asarray(z, dtype=float)}, []
        for stage, operation, operands in decomposition():
            args = [values[o] if isinstance(o, str) else o for o in operands]
            value, slopes = ops[operation](*args)
            values[stage] = value
            result.append(tuple(s for s, o in zip(slopes, operands) if isinstance(o, str)))
        return result
    return decomposition, local_derivatives

for _name in FORMULAS:
    globals()[f"{_name}_decomposition"], globals()[f"{_name}_local_derivatives"] = _make(_name)
