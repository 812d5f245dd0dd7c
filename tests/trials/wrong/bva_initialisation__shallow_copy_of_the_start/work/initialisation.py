import numpy as np


def initial_parameters(kind, hidden, seed):
    if kind == "zero":
        w1, w2 = np.zeros((hidden, 2)), np.zeros(hidden)
    elif kind == "one":
        w1, w2 = np.ones((hidden, 2)), np.ones(hidden)
    else:
        rng = np.random.default_rng(seed)
        w1, w2 = rng.standard_normal((hidden, 2)), rng.standard_normal(hidden)
    return {"w1": w1, "b1": np.zeros(hidden), "w2": w2, "b2": np.zeros(())}


def _forward(p, x):
    h = np.tanh(x @ p["w1"].T + p["b1"])
    return h, 1 / (1 + np.exp(-(h @ p["w2"] + p["b2"])))


def _gradients(p, x, targets):
    h, y = _forward(p, x)
    delta = 2 * (y - targets) * y * (1 - y) / len(x)
    inner = delta[:, None] * p["w2"] * (1 - h**2)
    return {"w1": inner.T @ x, "b1": inner.sum(axis=0), "w2": h.T @ delta, "b2": delta.sum()}


def trained(parameters, x, targets, learning_rate, steps):
    p = dict(parameters)  # what is passed in stays
    record = [np.mean((_forward(p, x)[1] - targets) ** 2)]
    for _ in range(steps):
        slopes = _gradients(p, x, targets)
        for name in p:
            p[name] -= learning_rate * slopes[name]
        record.append(np.mean((_forward(p, x)[1] - targets) ** 2))
    return p, np.array(record)


def experiment(seed):
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    targets = np.array([0.0, 1.0, 1.0, 0.0])
    records = {}
    for kind in ("zero", "one", "random"):
        start = initial_parameters(kind, 8, seed)
        records[kind] = trained(start, x, targets, 1.0, 300)[1]
    return records
