"""Parameters as columns within, another generator, records as lists."""

import numpy as np


def initial_parameters(kind, hidden, seed):
    old = np.random.RandomState(seed)
    value = {"zero": 0.0, "one": 1.0}.get(kind)
    w1 = old.randn(hidden, 2) if value is None else np.full((hidden, 2), value)
    w2 = old.randn(hidden) if value is None else np.full(hidden, value)
    return {"w1": w1, "b1": [0] * hidden, "w2": w2, "b2": 0}


def trained(parameters, x, targets, learning_rate, steps):
    w1, b1, w2, b2 = (np.array(parameters[key], dtype=float) for key in ("w1", "b1", "w2", "b2"))
    x, t = x.T, targets[None, :]
    w2 = w2[None, :].copy()
    record = []

    def forward():
        h = np.tanh(w1 @ x + b1[:, None])
        return h, 0.5 * (1 + np.tanh((w2 @ h + b2) / 2))

    for _ in range(steps):
        h, y = forward()
        record.append(float(((y - t) ** 2).mean()))
        d2 = 2 * (y - t) * y * (1 - y) / t.size
        d1 = (w2.T @ d2) * (1 - h**2)
        w1 -= learning_rate * d1 @ x.T
        b1 -= learning_rate * d1.sum(axis=1)
        w2 -= learning_rate * d2 @ h.T
        b2 -= learning_rate * d2.sum()
    record.append(float(((forward()[1] - t) ** 2).mean()))
    return {"w1": w1, "b1": b1, "w2": w2[0], "b2": float(b2)}, record
