import numpy as np

def initial_parameters(kind, hidden, seed):
    if kind == "zero":
        w1, w2 = np.zeros((hidden, 2)), np.zeros(hidden)
    elif kind == "one":
        w1, w2 = np.ones((hidden, 2)), np.ones(hidden)
    else:
        rng = np.random.RandomState(seed)
        w1 = rng.randn(hidden, 2)
        w2 = rng.randn(hidden)
    return {"w1": w1, "b1": np.zeros(hidden), "w2": w2, "b2": 0.0}

def forward(p, x):
    h = np.tanh(x @ p["w1"].T + p["b1"])
    return h, 1 / (1 + np.exp(-(h @ p["w2"] + p["b2"])))

def trained(parameters, x, targets, learning_rate, steps):
    p = {k: np.array(v, dtype=float) for k, v in parameters.items()}
    record = []
    for step in range(steps):
        h, y = forward(p, x)
        record.append(np.mean((y - targets) ** 2))
        if step > 0 and abs(record[-1] - record[-2]) < 1e-9:
            break          # converged
        dz = 2 * (y - targets) * y * (1 - y) / len(x)
        dh = dz[:, None] * p["w2"] * (1 - h ** 2)
        p["w1"] = p["w1"] - learning_rate * dh.T @ x
        p["b1"] = p["b1"] - learning_rate * dh.sum(axis=0)
        p["w2"] = p["w2"] - learning_rate * h.T @ dz
        p["b2"] = p["b2"] - learning_rate * dz.sum()
    record.append(np.mean((forward(p, x)[1] - targets) ** 2))
    return p, np.array(record)

def experiment(seed):
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    t = np.array([0, 1, 1, 0], dtype=float)
    out = {}
    for kind in ["zero", "one", "random"]:
        _, out[kind] = trained(initial_parameters(kind, 8, seed), x, t, 1.0, 300)
    return out
