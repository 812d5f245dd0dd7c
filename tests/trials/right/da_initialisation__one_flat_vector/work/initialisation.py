
import random

import numpy as np


class Vector:
    """Parameters as one vector, and as a dict of views of it."""

    def __init__(self, hidden):
        self.all = np.zeros(4 * hidden + 1)
        h = hidden
        self.parts = {
            "w1": self.all[: 2 * h].reshape(h, 2),
            "b1": self.all[2 * h : 3 * h],
            "w2": self.all[3 * h : 4 * h],
            "b2": self.all[4 * h :].reshape(()),
        }

    @classmethod
    def of(cls, parameters):
        new = cls(len(parameters["w2"]))
        for name, part in new.parts.items():
            part[...] = parameters[name]
        return new


def initial_parameters(kind, hidden, seed):
    source = random.Random(f"seed {seed}")
    draw = {"zero": lambda: 0.0, "one": lambda: 1.0, "random": lambda: source.gauss(0.0, 1.0)}[kind]
    new = Vector(hidden)
    for name in ("w1", "w2"):
        new.parts[name].flat = [draw() for _ in range(new.parts[name].size)]
    return new.parts


def trained(parameters, x, targets, learning_rate, steps):
    now, slope = Vector.of(parameters), Vector(len(parameters["w2"]))
    x, targets = np.asarray(x, dtype=float), np.asarray(targets, dtype=float)
    p, g, record = now.parts, slope.parts, []
    for step in range(steps + 1):
        h = np.tanh(np.einsum("ni,ji->nj", x, p["w1"]) + p["b1"])
        y = 0.5 + 0.5 * np.tanh(0.5 * (h @ p["w2"] + p["b2"]))
        record.append(np.mean((y - targets) ** 2))
        if step == steps:
            break
        above = 2 / len(x) * (y - targets) * y * (1 - y)
        g["b2"][...] = above.sum()
        g["w2"][:] = above @ h
        g["b1"][:] = np.einsum("n,j,nj->j", above, p["w2"], 1 - h * h)
        g["w1"][:] = np.einsum("n,j,nj,ni->ji", above, p["w2"], 1 - h * h, x)
        now.all -= learning_rate * slope.all
    return p, np.array(record)


def experiment(seed):
    x = np.array([divmod(k, 2) for k in range(4)], dtype=float)
    targets = np.logical_xor(*x.T).astype(float)
    return {kind: trained(initial_parameters(kind, 8, seed), x, targets, 1, 300)[1] for kind in ("zero", "one", "random")}
