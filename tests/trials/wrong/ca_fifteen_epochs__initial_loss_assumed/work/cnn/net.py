"""The network of the paper, written for speed: one matrix product for each convolution."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def start(rng):
    he = lambda *shape: rng.normal(0.0, np.sqrt(2.0 / np.prod(shape[1:])), shape)
    return {
        "w1": he(4, 1, 5, 5), "b1": np.zeros(4), "w2": he(4, 4, 5, 5), "b2": np.zeros(4),
        "w3": he(49, 196), "b3": np.zeros(49), "w4": rng.normal(0.0, 0.1, (10, 49)), "b4": np.zeros(10),
    }


def _columns(x):
    padded = np.pad(x, ((0, 0), (0, 0), (2, 2), (2, 2)))
    v = sliding_window_view(padded, (5, 5), axis=(2, 3))          # N C H W 5 5
    return v.transpose(0, 2, 3, 1, 4, 5).reshape(-1, x.shape[1] * 25)


def _conv(x, w, b):
    n, _, h, wd = x.shape
    cols = _columns(x)
    y = cols @ w.reshape(len(w), -1).T + b
    return y.reshape(n, h, wd, -1).transpose(0, 3, 1, 2), cols


def _pool(x):
    n, c, h, w = x.shape
    win = x.reshape(n, c, h // 2, 2, w // 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(n, c, h // 2, w // 2, 4)
    at = win.argmax(axis=-1)
    return np.take_along_axis(win, at[..., None], -1)[..., 0], at


def _unpool(dy, at):
    n, c, h, w = dy.shape
    win = np.zeros((n, c, h, w, 4))
    np.put_along_axis(win, at[..., None], dy[..., None], -1)
    return win.reshape(n, c, h, w, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(n, c, 2 * h, 2 * w)


def logits(p, x, keep=None):
    a1, cols1 = _conv(x, p["w1"], p["b1"])
    r1 = np.maximum(a1, 0)
    p1, at1 = _pool(r1)
    a2, cols2 = _conv(p1, p["w2"], p["b2"])
    r2 = np.maximum(a2, 0)
    p2, at2 = _pool(r2)
    f = p2.reshape(len(x), -1)
    a3 = f @ p["w3"].T + p["b3"]
    r3 = np.maximum(a3, 0)
    if keep is not None:
        keep.update(cols1=cols1, a1=a1, at1=at1, p1=p1, cols2=cols2, a2=a2, at2=at2, f=f, a3=a3, r3=r3)
    return r3 @ p["w4"].T + p["b4"]


def log_softmax(s):
    s = s - s.max(axis=1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))


def gradient(p, x, t):
    k = {}
    ds = (np.exp(log_softmax(logits(p, x, k))) - t) / len(x)
    g = {"w4": ds.T @ k["r3"], "b4": ds.sum(0)}
    d3 = ds @ p["w4"] * (k["a3"] > 0)
    g["w3"], g["b3"] = d3.T @ k["f"], d3.sum(0)
    d2 = _unpool((d3 @ p["w3"]).reshape(len(x), 4, 7, 7), k["at2"]) * (k["a2"] > 0)
    flat2 = d2.transpose(0, 2, 3, 1).reshape(-1, 4)
    g["w2"], g["b2"] = (flat2.T @ k["cols2"]).reshape(4, 4, 5, 5), flat2.sum(0)
    back = p["w2"][:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    d1 = _unpool(_conv(d2, np.ascontiguousarray(back), 0.0)[0], k["at1"]) * (k["a1"] > 0)
    flat1 = d1.transpose(0, 2, 3, 1).reshape(-1, 4)
    g["w1"], g["b1"] = (flat1.T @ k["cols1"]).reshape(4, 1, 5, 5), flat1.sum(0)
    return g


def measure(p, x, t):
    lp = log_softmax(logits(p, x))
    return float(-(lp * t).sum(axis=1).mean()), float((lp.argmax(1) == t.argmax(1)).mean())
