"""Single precision throughout."""

import numpy as np


def trained(parameters, x, targets, learning_rate, steps):
    p = {name: np.array(value, dtype=np.float32) for name, value in parameters.items()}
    x, t, rate = x.astype(np.float32), targets.astype(np.float32), np.float32(learning_rate)
    record = np.zeros(steps + 1, np.float32)
    for step in range(steps + 1):
        h = np.tanh(x @ p["w1"].T + p["b1"])
        y = 1 / (1 + np.exp(-(h @ p["w2"] + p["b2"])))
        record[step] = ((y - t) ** 2).mean()
        if step == steps:
            break
        d = np.float32(2 / len(x)) * (y - t) * y * (1 - y)
        back = d[:, None] * p["w2"] * (1 - h**2)
        slopes = {"w1": back.T @ x, "b1": back.sum(0), "w2": h.T @ d, "b2": d.sum()}
        p = {name: p[name] - rate * slopes[name] for name in p}
    return p, record
