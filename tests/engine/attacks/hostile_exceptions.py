"""Raise exceptions whose words, names and classes lie, fail, or never end.

Ends as: raised crashed
"""


class Mute(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


class Named(type):
    __name__ = property(lambda cls: 1 / 0)
    __qualname__ = property(lambda cls: 1 / 0)


class Nameless(Exception, metaclass=Named):
    pass


class Disguised(Exception):
    __class__ = property(lambda self: 1 / 0)


class Talkative(Exception):
    def __str__(self):
        return "x" * 10**8


def mute(*args):
    raise Mute


def huge(*args):
    raise ValueError("x" * 10**8)


def raiser(error):
    class Raises:
        def __init__(self, *args, **kwargs):
            raise error

    return Raises


bowl, bowl_gradient, descend = mute, huge, mute
SGD, Momentum, Nesterov, AdaGrad, RMSProp = map(
    raiser, [Mute(), Nameless("x"), Disguised("y"), Talkative(), ExceptionGroup("z", [ValueError()])]
)
