
import numpy as np


def initial_parameters(kind, hidden, seed):
    if kind == "zero":
        w1, w2 = np.zeros((hidden, 2)), np.zeros(hidden)
    elif kind == "one":
        w1, w2 = np.ones((hidden, 2)), np.ones(hidden)
    else:
        w1 = np.random.default_rng(seed).standard_normal((hidden, 2))
        w2 = np.random.default_rng(seed).standard_normal(hidden)
    return {"w1": w1, "b1": np.zeros(hidden), "w2": w2, "b2": np.array(0.0)}


def forward(p, x):
    h = np.tanh(x @ p["w1"].T + p["b1"])
    return h, 1 / (1 + np.exp(-(h @ p["w2"] + p["b2"])))


def trained(parameters, x, targets, learning_rate, steps):
    p = {name: np.array(value, dtype=float) for name, value in parameters.items()}
    record = np.zeros(steps + 1)
    for step in range(steps + 1):
        h, y = forward(p, x)
        record[step] = np.mean((y - targets) ** 2)
        if step == steps:
            break
        above = 2 * (y - targets) * y * (1 - y) / len(x)
        below = above[:, None] * p["w2"] * (1 - h**2)
        p["w1"] -= learning_rate * below.T @ x
        p["b1"] -= learning_rate * below.sum(axis=0)
        p["w2"] -= learning_rate * above @ h
        p["b2"] -= learning_rate * above.sum()
    return p, record


def experiment(seed):
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    targets = np.array([0.0, 1.0, 1.0, 0.0])
    records = {}
    for kind in ("zero", "one", "random"):
        records[kind] = trained(initial_parameters(kind, 8, seed), x, targets, 1.0, 300)[1]
    return records
