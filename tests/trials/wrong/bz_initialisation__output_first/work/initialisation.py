import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def initial_parameters(kind, hidden, seed):
    if kind == "zero":
        w1, w2 = np.zeros((hidden, 2)), np.zeros(hidden)
    elif kind == "one":
        w1, w2 = np.ones((hidden, 2)), np.ones(hidden)
    else:
        rng = np.random.default_rng(seed)
        w1, w2 = rng.standard_normal((hidden, 2)), rng.standard_normal(hidden)
    return {"w1": w1, "b1": np.zeros(hidden), "w2": w2, "b2": np.array(0.0)}

def forward(p, x):
    h = np.tanh(x @ p["w1"].T + p["b1"])
    return h, sigmoid(h @ p["w2"] + p["b2"])

def trained(parameters, x, targets, learning_rate, steps):
    p = {k: np.array(v, dtype=float) for k, v in parameters.items()}
    h, y = forward(p, x)
    record = [np.mean((y - targets) ** 2)]
    for _ in range(steps):
        d = 2 * (y - targets) / len(x) * y * (1 - y)
        gw2, gb2 = h.T @ d, d.sum()
        p["w2"] = p["w2"] - learning_rate * gw2
        dh = np.outer(d, p["w2"]) * (1 - h ** 2)
        p["b2"] = p["b2"] - learning_rate * gb2
        p["w1"] = p["w1"] - learning_rate * dh.T @ x
        p["b1"] = p["b1"] - learning_rate * dh.sum(0)
        h, y = forward(p, x)
        record.append(np.mean((y - targets) ** 2))
    return p, np.array(record)

def experiment(seed):
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    t = np.array([0, 1, 1, 0], float)
    return {k: trained(initial_parameters(k, 8, seed), x, t, 1.0, 300)[1] for k in ("zero", "one", "random")}
