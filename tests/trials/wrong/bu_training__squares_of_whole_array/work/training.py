from functools import partial, reduce
from typing import NamedTuple

import numpy as np


class State(NamedTuple):
    parameters: dict
    memory: dict


def mini_batches(x, y, order, size):
    return [(x[chosen], y[chosen]) for chosen in (order[k : k + size] for k in range(0, len(order), size))]


def _epoch(rule, parameters, memory, gradient, batches):
    if memory is None:
        memory = {name: np.zeros_like(p) for name, p in parameters.items()}

    def one(state, batch):
        grads = gradient(state.parameters, *batch)
        both = {name: rule(p, state.memory[name], grads[name]) for name, p in state.parameters.items()}
        return State({name: new for name, (new, _) in both.items()}, {name: m for name, (_, m) in both.items()})

    return reduce(one, batches, State(parameters, memory))


def sgd_epoch(parameters, gradient, batches, learning_rate):
    return _epoch(lambda p, m, g: (p - learning_rate * g, m), parameters, None, gradient, batches).parameters


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    def rule(p, v, g):
        v = alpha * v - learning_rate * g
        return p + v, v

    return tuple(_epoch(rule, parameters, memory, gradient, batches))


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    def rule(p, s, g):
        s = rho * s + (1 - rho) * np.mean(g**2)
        return p - learning_rate * g / (np.sqrt(s) + epsilon), s

    return tuple(_epoch(rule, parameters, memory, gradient, batches))
