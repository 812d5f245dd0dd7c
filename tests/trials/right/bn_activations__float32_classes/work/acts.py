import numpy as np


class Activation:
    """Subclasses publish their four functions under their own name."""

    def __init_subclass__(cls, /, name, **rest):
        super().__init_subclass__(**rest)
        one = cls()
        globals().update({
            name: one.__call__,
            name + "_derivative": one.slope,
            name + "_decomposition": one.stages,
            name + "_local_derivatives": one.local,
        })

    def single(self, z):
        return np.asarray(z).astype(np.float32)


class Sigmoid(Activation, name="sigmoid"):
    def __call__(self, z):
        z = self.single(z)
        return (1 + np.tanh(z / 2)) / 2

    def slope(self, z):
        return (1 - np.tanh(self.single(z) / 2) ** 2) / 4

    def stages(self):
        return [("a", "negate", ("z",)), ("b", "exp", ("a",)), ("c", "add", ("b", 1.0)), ("d", "divide", (1.0, "c"))]

    def local(self, z):
        b = np.exp(-self.single(z))
        return [(np.full_like(b, -1),), (b,), (np.ones_like(b),), (-1 / (1 + b) / (1 + b),)]


class Tanh(Activation, name="tanh"):
    def __call__(self, z):
        return np.tanh(self.single(z))

    def slope(self, z):
        t = self(z)
        return 1 - t * t

    def stages(self):
        return [("a", "multiply", ("z", -2.0)), ("b", "exp", ("a",)), ("c", "add", ("b", 1.0)),
                ("d", "divide", (2.0, "c")), ("e", "subtract", ("d", 1.0))]

    def local(self, z):
        b = np.exp(-2 * self.single(z))
        return [(-2.0,), (b,), (1.0,), (-2 / (1 + b) / (1 + b),), (1.0,)]


class Relu(Activation, name="relu"):
    def __call__(self, z):
        z = self.single(z)
        return z * (z > 0)

    def slope(self, z):
        return np.where(self.single(z) >= 0, np.float32(1), np.float32(0))

    def stages(self):
        return [("a", "maximum", (0.0, "z"))]

    def local(self, z):
        return [(self.slope(z),)]
