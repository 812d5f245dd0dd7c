"""Tell the gradient's other end to raise, to recurse, to take other names; then go on as if nothing were.

Ends as: failed crashed
"""

import contextlib
import itertools

import numpy as np

TURN = itertools.count()


class Numbers(np.ndarray):
    def __array_finalize__(self, other):
        pass

    def tobytes(self, *args):
        return b"\x00" * 3


def hostile(gradient):
    return [
        lambda: gradient([[[[[1.0]]]]] * 3),
        lambda: gradient(np.zeros(3).view(Numbers)),
        lambda: gradient(self=1),
        lambda: gradient(np.array(["a"], dtype=object)),
        lambda: gradient(point=lambda: gradient(0)),
        lambda: gradient(**{"": 1}),
        lambda: gradient(10**5000),
        lambda: gradient(np.array([np.nan, np.inf])),
        lambda: gradient([gradient] * 1000),
    ][next(TURN) % 9]


def attack(parameters, gradient=None):
    with contextlib.suppress(BaseException):
        hostile(gradient)()
    return parameters


class Momentum:
    def __init__(self, *args, **kwargs):
        pass

    def step(self, parameters, gradient):
        return attack(parameters, gradient)


bowl = bowl_gradient = descend = lambda *args: attack(*args[:2])
SGD = Momentum
