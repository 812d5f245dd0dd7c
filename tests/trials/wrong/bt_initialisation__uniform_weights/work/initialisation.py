import numpy as np

class Net:
    def __init__(self, p):
        self.p = {k: np.array(v, dtype=float) for k, v in p.items()}

    def __call__(self, x):
        self.h = np.tanh(x @ self.p["w1"].T + self.p["b1"])
        return 1 / (1 + np.exp(-(self.h @ self.p["w2"] + self.p["b2"])))

    def loss(self, x, t):
        return float(((self(x) - t) ** 2).mean())

    def backward(self, x, t):
        y = self(x)
        d = 2 * (y - t) * y * (1 - y) / len(t)
        dh = np.outer(d, self.p["w2"]) * (1 - self.h**2)
        return {"w1": dh.T @ x, "b1": dh.sum(0), "w2": d @ self.h, "b2": d.sum()}

    def descend(self, x, t, rate):
        for k, g in self.backward(x, t).items():
            self.p[k] = self.p[k] - rate * g

    def __repr__(self):
        return f"Net of {len(self.p['w2'])}"

def initial_parameters(kind, hidden, seed):
    match kind:
        case "zero":
            make = np.zeros
        case "one":
            make = np.ones
        case _:
            random = np.random.default_rng(seed)
            make = lambda shape: random.uniform(-1, 1, shape)
    return {"w1": make((hidden, 2)), "w2": make((hidden,)), "b1": np.zeros(hidden), "b2": np.array(0.0)}

def trained(parameters, x, targets, learning_rate, steps):
    net = Net(parameters)
    record = [net.loss(x, targets)]
    for _ in range(steps):
        net.descend(x, targets, learning_rate)
        record.append(net.loss(x, targets))
    return net.p, np.array(record)

def experiment(seed):
    x = np.array([[a, b] for a in (0.0, 1.0) for b in (0.0, 1.0)])
    t = np.logical_xor(x[:, 0], x[:, 1]).astype(float)
    return {kind: trained(initial_parameters(kind, 8, seed), x, t, 1.0, 300)[1] for kind in ("zero", "one", "random")}
