from dataclasses import asdict, dataclass, replace

import numpy as np


@dataclass
class Net:
    w1: np.ndarray
    b1: np.ndarray
    w2: np.ndarray
    b2: np.ndarray

    @classmethod
    def start(cls, kind, hidden, seed):
        fill = {
            "zero": lambda fan_in, *shape: np.zeros(shape),
            "one": lambda fan_in, *shape: np.ones(shape),
            "random": lambda fan_in, *shape, rng=np.random.default_rng(seed): rng.normal(0, fan_in**-0.5, shape),
        }[kind]
        return cls(fill(2, hidden, 2), np.zeros(hidden), fill(hidden, hidden), np.zeros(()))

    def __call__(self, x):
        h = np.tanh(x @ self.w1.T + self.b1)
        return h, 1 / (1 + np.exp(-h @ self.w2 - self.b2))

    def loss(self, x, t):
        return ((self(x)[1] - t) ** 2).mean()

    def stepped(self, x, t, rate):
        h, y = self(x)
        d = 2 * (y - t) * y * (1 - y) / t.size
        e = np.outer(d, self.w2) * (1 - h**2)
        return replace(self, w1=self.w1 - rate * e.T @ x, b1=self.b1 - rate * e.sum(0), w2=self.w2 - rate * d @ h,
                       b2=self.b2 - rate * d.sum())


def initial_parameters(kind, hidden, seed):
    return asdict(Net.start(kind, hidden, seed))


def trained(parameters, x, targets, learning_rate, steps):
    nets = [Net(**parameters)]
    while len(nets) <= steps:
        nets.append(nets[-1].stepped(x, targets, learning_rate))
    return asdict(nets[-1]), np.array([net.loss(x, targets) for net in nets])


def experiment(seed):
    x = np.array([[a, b] for a in (0.0, 1.0) for b in (0.0, 1.0)])
    t = (x[:, 0] != x[:, 1]).astype(float)
    return {kind: trained(initial_parameters(kind, 8, seed), x, t, 1.0, 300)[1] for kind in ("zero", "one", "random")}
