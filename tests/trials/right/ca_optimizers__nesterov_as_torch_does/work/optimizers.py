import numpy as np
from types import SimpleNamespace


class Nesterov:
    """v <- beta v + g, p <- p - eta (g + beta v): the form of torch.optim.SGD(nesterov=True)."""

    __slots__ = ("eta", "beta", "state", "history")

    def __init__(self, learning_rate: float, beta: float) -> None:
        assert learning_rate > 0 and 0 <= beta < 1, "bad hyper-parameters"
        self.eta, self.beta = learning_rate, beta
        self.state = SimpleNamespace(v=None, steps=0)
        self.history: list = []

    def reset(self):
        self.__init__(self.eta, self.beta)

    def step(self, parameters, gradient):
        g = np.array(gradient(parameters), dtype=np.float64, copy=True)
        v = self.state.v
        v = g.copy() if v is None else self.beta * v + g
        self.state.v, self.state.steps = v, self.state.steps + 1
        new = np.fromiter((p - self.eta * (a + self.beta * b) for p, a, b in zip(parameters, g, v)), dtype=float, count=len(g))
        self.history.append(new.copy())
        return new
