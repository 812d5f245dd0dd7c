import numpy as np
from types import SimpleNamespace

def mini_batches(x, y, order, size):
    cuts = np.arange(size, len(order), size)
    return [(np.take(x, part, axis=0), np.take(y, part, axis=0)) for part in np.split(np.asarray(order), cuts)]

class Packed:
    """dict of arrays <-> one long vector"""
    def __init__(self, like):
        self.shapes = {k: np.shape(a) for k, a in like.items()}
    def vector(self, arrays):
        return np.concatenate([np.ravel(arrays[k]).astype(float) for k in self.shapes]) if self.shapes else np.zeros(0)
    def arrays(self, vector):
        out, at = {}, 0
        for k, s in self.shapes.items():
            n = int(np.prod(s))
            out[k] = vector[at:at + n].reshape(s).copy()
            at += n
        return out

def _epoch(parameters, gradient, batches, update):
    pack = Packed(parameters)
    p = pack.vector(parameters)
    for x, y in batches:
        p = p + update(pack.vector(gradient(pack.arrays(p), x, y)))
    return pack.arrays(p)

def sgd_epoch(parameters, gradient, batches, learning_rate):
    return _epoch(parameters, gradient, batches, lambda g: -learning_rate * g)

def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    state = SimpleNamespace(v=0.0 if memory is None else memory.v)
    def update(g):
        state.v = alpha * state.v - learning_rate * g
        return state.v
    return _epoch(parameters, gradient, batches, update), state

def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    s = np.zeros(()) if memory is None else memory
    def update(g):
        nonlocal s
        s = rho * s + (1 - rho) * np.square(g)
        return -learning_rate * g / (np.sqrt(s) + epsilon)
    after = _epoch(parameters, gradient, batches, update)
    return after, s
