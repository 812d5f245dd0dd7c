"""Raise exceptions that end loops quietly instead of failing: StopIteration and its kin.

Ends as: raised
"""


def stop(*args):
    raise StopIteration


def generator_exit(*args):
    raise GeneratorExit


class Stops:
    def __init__(self, *args, **kwargs):
        pass

    def step(self, parameters, gradient):
        raise StopIteration(parameters)


class StopsAsync:
    def __init__(self, *args, **kwargs):
        raise StopAsyncIteration


bowl, bowl_gradient, descend = stop, generator_exit, stop
SGD = Momentum = Nesterov = Stops
AdaGrad = RMSProp = StopsAsync
