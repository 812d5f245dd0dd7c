"""Return NaN, infinities, objects, dates, empty and zero-dimensional arrays, and other strange things.

Ends as: failed crashed
"""

import itertools

import numpy as np

TURN = itertools.count()


def strange():
    yield np.full(2, np.nan)
    yield np.array([np.inf, -np.inf])
    yield np.array([object(), None])
    yield np.array(["2020-01-01", "NaT"], dtype="datetime64[D]")
    yield np.zeros((0, 2**30))
    yield np.array(0.0)
    yield np.zeros(2, dtype=complex)
    yield np.array(["0", "1"])
    yield np.zeros(2, dtype="f8,f8")
    yield [[], [0.0]]
    yield {"0": 0.0}
    yield 10**6000
    yield [10**6000, 0.0]
    yield ...
    yield iter([0.0, 0.0])
    yield np.longdouble(0)
    yield b"\x00" * 16
    yield "\ud800"
    yield float
    yield np


MADE = list(strange())


def attack(*args):
    return MADE[next(TURN) % len(MADE)]


class Momentum:
    def __init__(self, *args, **kwargs):
        pass

    def step(self, parameters, gradient):
        return attack(parameters, gradient)


bowl = bowl_gradient = descend = lambda *args: attack(*args[:2])
SGD = Momentum
