import numpy as np

def pack(p): return np.concatenate([np.ravel(p[k]) for k in ("w1", "b1", "w2", "b2")])

def unpack(v, hidden):
    a, b, c = 2 * hidden, 3 * hidden, 4 * hidden
    return {"w1": v[..., :a].reshape(v.shape[:-1] + (hidden, 2)), "b1": v[..., a:b], "w2": v[..., b:c], "b2": v[..., c]}

def losses(v, hidden, x, t):
    """v (..., 4 hidden + 1), maybe complex; a loss for each"""
    p = unpack(v, hidden)
    h = np.tanh(np.einsum("...hd,nd->...nh", p["w1"], x) + p["b1"][..., None, :])
    y = 1 / (1 + np.exp(-(np.einsum("...nh,...h->...n", h, p["w2"]) + p["b2"][..., None])))
    return ((y - t) ** 2).mean(-1)

def gradient(v, hidden, x, t, eps=1e-30):
    return losses(v + 1j * eps * np.eye(len(v)), hidden, x, t).imag / eps

def initial_parameters(kind, hidden, seed):
    r = np.random.RandomState(seed)
    fill = {"zero": np.zeros, "one": np.ones, "random": lambda s: r.randn(*np.atleast_1d(s))}[kind]
    return {"w1": fill((hidden, 2)), "b1": np.zeros(hidden), "w2": fill(hidden), "b2": np.zeros(())}

def trained(parameters, x, targets, learning_rate, steps):
    hidden = len(parameters["w2"])
    x, t = np.asarray(x, float), np.asarray(targets, float)
    v = pack(parameters).astype(float)
    record = [losses(v, hidden, x, t)]
    for _ in range(steps):
        v = v - learning_rate * gradient(v, hidden, x, t)
        record.append(losses(v, hidden, x, t))
    return {k: np.array(a) for k, a in unpack(v, hidden).items()}, np.array(record)

def experiment(seed):
    x = np.array([[a, b] for a in (0., 1.) for b in (0., 1.)])
    t = np.logical_xor(x[:, 0], x[:, 1]).astype(float)
    return {k: trained(initial_parameters(k, 8, seed), x, t, 1.0, 300)[1] for k in "zero one random".split()}
