"""Activations. All twelve functions are made from three small classes, by the hook below."""
import functools

import numpy as np
from tape import locals_of


class Activation:
    program = ()

    def __init_subclass__(cls, name, **more):
        super().__init_subclass__(**more)
        one = cls()
        cls.registered = name
        made = {
            name: one.value,
            name + "_derivative": one.slope,
            name + "_decomposition": lambda: list(cls.program),
            name + "_local_derivatives": lambda z: locals_of(cls.program, z=np.asarray(z, float)),
        }
        globals().update(made)

    def value(self, z):
        raise NotImplementedError

    def slope(self, z):
        raise NotImplementedError


class _S(Activation, name="sigmoid"):
    program = (
        ("minus", "negate", ("z",)),
        ("e", "exp", ("minus",)),
        ("below", "add", (1.0, "e")),
        ("sigma", "reciprocal", ("below",)),
    )

    def value(self, z):
        return 0.5 + 0.5 * np.tanh(np.asarray(z) / 2)

    def slope(self, z):
        s = self.value(z)
        return s * (1 - s)


class _T(Activation, name="tanh"):
    kept = {}
    program = (
        ("up", "exp", ("z",)),
        ("down", "reciprocal", ("up",)),
        ("over", "subtract", ("up", "down")),
        ("under", "add", ("up", "down")),
        ("t", "divide", ("over", "under")),
    )

    def value(self, z):
        return np.tanh(z)

    def slope(self, z):
        if np.shape(z) not in self.kept:
            t = np.tanh(z)
            self.kept[np.shape(z)] = (1 - t) * (1 + t)
        return self.kept[np.shape(z)]


class _R(Activation, name="relu"):
    program = (("r", "maximum", ("z", 0.0)),)

    def value(self, z):
        return np.where(z > 0, z, 0.0)

    def slope(self, z):
        return np.heaviside(z, 0.5)
