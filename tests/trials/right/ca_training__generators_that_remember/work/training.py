"""Each rule is a coroutine: it is sent gradients, and yields what to add to a parameter. The memory is a dict of them."""
import numpy as np


def _started(coroutine):
    next(coroutine)
    return coroutine


def _plain(eta):
    g = yield
    while True:
        g = yield -eta * g


def _heavy(v, eta, alpha):
    g = yield
    while True:
        v = alpha * v - eta * g
        g = yield v, v


def _rms(s, eta, rho, eps):
    g = yield
    while True:
        s = rho * s + (1 - rho) * g * g
        g = yield -eta * g / (np.sqrt(s) + eps), s


def mini_batches(x, y, order, size):
    x, y = x[order], y[order]
    cuts = range(size, len(order), size)
    return list(zip(np.split(x, cuts), np.split(y, cuts)))


def _go(parameters, gradient, batches, apply):
    p = {name: np.array(value, dtype=float) for name, value in parameters.items()}
    for x, y in batches:
        g = gradient({name: value.copy() for name, value in p.items()}, x, y)
        p = {name: p[name] + apply(name, np.array(g[name], dtype=float)) for name in p}
    return p


def sgd_epoch(parameters, gradient, batches, learning_rate):
    rules = {name: _started(_plain(learning_rate)) for name in parameters}
    return _go(parameters, gradient, batches, lambda name, g: rules[name].send(g))


def _with_memory(rule, parameters, memory, gradient, batches, *settings):
    memory = {name: 0.0 for name in parameters} if memory is None else dict(memory)
    rules = {name: _started(rule(memory[name], *settings)) for name in parameters}

    def apply(name, g):
        step, memory[name] = rules[name].send(g)
        return step

    return _go(parameters, gradient, batches, apply), memory


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    return _with_memory(_heavy, parameters, memory, gradient, batches, learning_rate, alpha)


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    return _with_memory(_rms, parameters, memory, gradient, batches, learning_rate, rho, epsilon)
