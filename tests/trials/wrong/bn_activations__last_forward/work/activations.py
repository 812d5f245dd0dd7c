import numpy as np


class Tanh:
    out = None

    def forward(self, z):
        self.out = np.tanh(z)
        return self.out.copy()

    def backward(self, z):
        if self.out is None or self.out.shape != z.shape:
            self.forward(z)
        return 1 - self.out**2


_layer = Tanh()
tanh = _layer.forward
tanh_derivative = _layer.backward


def tanh_decomposition():
    return [("u", "exp", ("z",)), ("n", "negate", ("z",)), ("v", "exp", ("n",)), ("top", "subtract", ("u", "v")),
            ("bottom", "add", ("u", "v")), ("tanh", "divide", ("top", "bottom"))]


def tanh_local_derivatives(z):
    u, v = np.exp(z), np.exp(-z)
    return [(u,), (-1.0,), (v,), (1.0, -1.0), (1.0, 1.0), (1 / (u + v), -(u - v) / (u + v) ** 2)]
