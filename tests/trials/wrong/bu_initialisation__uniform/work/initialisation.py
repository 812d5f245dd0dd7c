import copy
import itertools

import numpy as np


def initial_parameters(kind, hidden, seed):
    if kind == "random":
        rng = np.random.default_rng(seed)
        draw = lambda shape: rng.uniform(-1, 1, shape)
    else:
        draw = {"zero": np.zeros, "one": np.ones}[kind]
    return {"w1": draw((hidden, 2)), "b1": np.zeros(hidden), "w2": draw(hidden), "b2": np.float64(0.0)}


class Net:
    def __init__(self, parameters):
        self.p = copy.deepcopy(dict(parameters))

    def __call__(self, x):
        h = np.tanh(self.p["w1"] @ x + self.p["b1"])
        return h, 1 / (1 + np.exp(-(self.p["w2"] @ h + self.p["b2"])))

    def loss(self, x, targets):
        return np.mean([(self(row)[1] - t) ** 2 for row, t in zip(x, targets)])

    def slopes(self, x, targets):
        total = {name: np.zeros(np.shape(value)) for name, value in self.p.items()}
        for row, t in zip(x, targets):
            h, y = self(row)
            out = 2 * (y - t) * y * (1 - y) / len(targets)
            inner = out * self.p["w2"] * (1 - h**2)
            total["w2"] = total["w2"] + out * h
            total["b2"] = total["b2"] + out
            total["w1"] = total["w1"] + np.outer(inner, row)
            total["b1"] = total["b1"] + inner
        return total

    def move(self, slopes, rate):
        for name in self.p:
            self.p[name] = self.p[name] - rate * slopes[name]


def trained(parameters, x, targets, learning_rate, steps):
    net = Net(parameters)
    record = [net.loss(x, targets)]
    for _ in range(steps):
        net.move(net.slopes(x, targets), learning_rate)
        record.append(net.loss(x, targets))
    return net.p, np.array(record)


def experiment(seed):
    x = np.array(list(itertools.product((0.0, 1.0), repeat=2)))
    targets = x[:, 0] + x[:, 1] - 2 * x[:, 0] * x[:, 1]
    return {kind: trained(initial_parameters(kind, 8, seed), x, targets, 1.0, 300)[1] for kind in ("zero", "one", "random")}
