from __future__ import annotations
from dataclasses import dataclass, replace
import numpy as np


@dataclass(frozen=True)
class Net:
    """One matrix for each layer, the bias being its last column."""
    first: np.ndarray
    second: np.ndarray

    @classmethod
    def of(cls, p):
        return cls(np.column_stack([p["w1"], p["b1"]]).astype(float), np.append(p["w2"], p["b2"]).astype(float))

    def dict(self):
        return {"w1": self.first[:, :2].copy(), "b1": self.first[:, 2].copy(), "w2": self.second[:-1].copy(), "b2": np.array(self.second[-1])}

    def run(self, x1):
        h = np.tanh(x1 @ self.first.T)
        h1 = np.column_stack([h, np.ones(len(h))])
        return h, h1, 1 / (1 + np.exp(-(h1 @ self.second)))

    def loss(self, x1, t):
        return np.square(self.run(x1)[2] - t).mean()

    def stepped(self, x1, t, rate):
        h, h1, y = self.run(x1)
        d = 2 * (y - t) * y * (1 - y) / len(t)
        below = np.outer(d, self.second[:-1]) * (1 - h * h)
        return replace(self, first=self.first - rate * below.T @ x1, second=self.second - rate * d @ h1)


def initial_parameters(kind: str, hidden: int, seed: int):
    match kind:
        case "zero":
            draw = np.zeros
        case "one":
            draw = np.ones
        case "random":
            draw = np.random.default_rng(seed).standard_normal
        case _:
            raise ValueError(kind)
    return {"w1": draw((hidden, 2)), "b1": np.zeros(hidden), "w2": draw(hidden), "b2": np.zeros(())}


def trained(parameters, x, targets, learning_rate, steps):
    x1, t = np.column_stack([x, np.ones(len(x))]), np.asarray(targets, float)
    nets = [Net.of(parameters)]
    for _ in range(steps):
        nets.append(nets[-1].stepped(x1, t, learning_rate))
    return nets[-1].dict(), np.array([net.loss(x1, t) for net in nets])


def experiment(seed: int):
    corners = np.array([(a, b) for a in (0, 1) for b in (0, 1)], float)
    exclusive = np.logical_xor(*corners.T).astype(float)
    return {kind: trained(initial_parameters(kind, 8, seed), corners, exclusive, 1, 300)[1] for kind in ("zero", "one", "random")}
