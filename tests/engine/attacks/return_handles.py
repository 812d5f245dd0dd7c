"""Return what stands for other things: the gradient itself, modules, classes, methods, oneself.

Ends as: failed crashed raised
"""

import gc
import itertools
import os
import sys

TURN = itertools.count()


class Obliging:
    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return [self, args, kwargs, os, sys][next(TURN) % 5]

    def __iter__(self):
        return iter([self, self])


def attack(parameters, gradient=None):
    things = [gradient, os, Obliging, Obliging(), sys._getframe(), attack, gc.get_objects, gradient]
    return things[next(TURN) % len(things)]


bowl = bowl_gradient = descend = attack
SGD = Momentum = Nesterov = AdaGrad = RMSProp = Obliging()
