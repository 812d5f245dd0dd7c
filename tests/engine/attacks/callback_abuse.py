"""Call the gradient that was passed in with objects, texts, huge and odd arrays, no and many arguments.

Ends as: failed crashed
"""

import contextlib

import numpy as np

HOSTILE = {
    "SGD": lambda gradient: gradient(object()),
    "Momentum": lambda gradient: gradient("0" * 10**6, key={"a": 1}),
    "Nesterov": lambda gradient: gradient(np.zeros((0, 2**30, 7))),
    "AdaGrad": lambda gradient: gradient(gradient),
    "RMSProp": lambda gradient: gradient(*range(50)),
}


class Abuser:
    def __init__(self, *args, **kwargs):
        pass

    def step(self, parameters, gradient):
        with contextlib.suppress(BaseException):
            HOSTILE[type(self).__name__](gradient)
        return parameters


def attack(*args):
    return np.float64(10**300) * 10


bowl = bowl_gradient = descend = attack


class SGD(Abuser):
    pass


class Momentum(Abuser):
    pass


class Nesterov(Abuser):
    pass


class AdaGrad(Abuser):
    pass


class RMSProp(Abuser):
    pass
