"""Fifteen epochs of sgd, momentum and rmsprop on 1000 digits, in one file (a small network class of my own)."""
import json
import os
from pathlib import Path

for _v in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_v, "1")

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from lab.protocol import conditions, seed_for

SEED = seed_for("BU21B007")
PLAN = (("sgd", 1), ("momentum", 10), ("rmsprop", 10))


def digits(train):
    from torchvision.datasets import MNIST

    mnist = MNIST("data", train=train)
    images, labels = mnist.data.numpy(), mnist.targets.numpy()
    per_class = 100 if train else 10
    chosen = np.concatenate([np.flatnonzero(labels == digit)[:per_class] for digit in range(10)])
    return images[chosen][:, None] / 255.0, np.eye(10)[labels[chosen]]


def columns(x):
    """Windows of 5 by 5, as rows: (N · H · W, C · 25)."""
    n, c, h, w = x.shape
    padded = np.zeros((n, c, h + 4, w + 4))
    padded[:, :, 2:-2, 2:-2] = x
    return sliding_window_view(padded, (5, 5), axis=(2, 3)).transpose(0, 2, 3, 1, 4, 5).reshape(n * h * w, c * 25)


class Network:
    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.p = {}
        for number, shape in enumerate(((4, 1, 5, 5), (4, 4, 5, 5), (49, 196), (10, 49)), 1):
            gain = 1.0 if number == 4 else 2.0
            self.p[f"w{number}"] = rng.normal(0.0, np.sqrt(gain / np.prod(shape[1:])), shape)
            self.p[f"b{number}"] = np.zeros(shape[0])

    def block(self, x, number):
        n, _, h, w = x.shape
        cols = columns(x)
        z = cols @ self.p[f"w{number}"].reshape(4, -1).T + self.p[f"b{number}"]
        z = z.reshape(n, h // 2, 2, w // 2, 2, 4).transpose(0, 5, 1, 3, 2, 4).reshape(n, 4, h // 2, w // 2, 4)
        first = z.argmax(axis=-1)[..., None]
        top = np.take_along_axis(z, first, -1)[..., 0]
        return np.maximum(top, 0), (cols, first, top, (n, h, w))

    def block_back(self, dy, number, kept):
        cols, first, top, (n, h, w) = kept
        dz = np.zeros((n, 4, h // 2, w // 2, 4))
        np.put_along_axis(dz, first, (dy * (top > 0))[..., None], -1)
        dz = dz.reshape(n, 4, h // 2, w // 2, 2, 2).transpose(0, 2, 4, 3, 5, 1).reshape(n * h * w, 4)
        grads = {f"w{number}": (dz.T @ cols).reshape(self.p[f"w{number}"].shape), f"b{number}": dz.sum(axis=0)}
        if number == 1:
            return None, grads
        kernels = self.p[f"w{number}"][:, :, ::-1, ::-1].transpose(1, 0, 2, 3).reshape(4, -1)
        back = columns(dz.reshape(n, h, w, 4).transpose(0, 3, 1, 2)) @ kernels.T
        return back.reshape(n, h, w, 4).transpose(0, 3, 1, 2), grads

    def forward(self, x):
        p = self.p
        a1, kept1 = self.block(x, 1)
        a2, kept2 = self.block(a1, 2)
        flat = a2.reshape(len(x), -1)
        a3 = np.maximum(flat @ p["w3"].T + p["b3"], 0)
        return a3 @ p["w4"].T + p["b4"], (kept1, kept2, flat, a3)

    def measure(self, x, one_hot):
        logits, _ = self.forward(x)
        logits = logits - logits.max(axis=1, keepdims=True)
        logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        right = logits.argmax(axis=1) == one_hot.argmax(axis=1)
        return float(-(logs * one_hot).sum(axis=1).mean()), float(right.mean())

    def gradient(self, x, one_hot):
        p = self.p
        logits, (kept1, kept2, flat, a3) = self.forward(x)
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        d = (e / e.sum(axis=1, keepdims=True) - one_hot) / len(x)
        g = {"w4": d.T @ a3, "b4": d.sum(axis=0)}
        d = (d @ p["w4"]) * (a3 > 0)
        g |= {"w3": d.T @ flat, "b3": d.sum(axis=0)}
        d, more = self.block_back((d @ p["w3"]).reshape(len(x), 4, 7, 7), 2, kept2)
        g |= more
        return g | self.block_back(d, 1, kept1)[1]


def sgd(p, m, g, rate):
    p -= rate * g


def momentum(p, m, g, rate):
    m *= 0.9
    m -= rate * g
    p += m


def rmsprop(p, m, g, rate):
    m *= 0.9
    m += 0.1 * g * g
    p -= rate * g / (np.sqrt(m) + 1e-8)


RULES = {rule.__name__: rule for rule in (sgd, momentum, rmsprop)}


def repeat_run(settings, epochs):
    settings = {name: value for name, value in settings.items() if name != "initial_loss"}
    train, test = digits(True), digits(False)
    network = Network(settings["seed"])
    shuffling = np.random.default_rng([settings["seed"], 1])
    memory = {name: np.zeros_like(p) for name, p in network.p.items()}
    settings["initial_loss"] = network.measure(*train)[0]
    rule, rate, size = RULES[settings["optimizer"]], settings["learning_rate"], settings["batch_size"]
    lines = []
    for epoch in range(1, epochs + 1):
        order = shuffling.permutation(len(train[0]))
        for k in range(0, len(order), size):
            g = network.gradient(*(part[order[k : k + size]] for part in train))
            for name in g:
                rule(network.p[name], memory[name], g[name], rate)
        (a, b), (c, d) = network.measure(*train), network.measure(*test)
        measured = {"train_loss": a, "train_accuracy": b, "test_loss": c, "test_accuracy": d}
        lines.append(json.dumps({**settings, "epoch": epoch, **measured}) + "\n")
    return "".join(lines)


def epochs_log():
    return Path("epochs.jsonl").read_text(encoding="utf-8")


def main():
    text = ""
    for optimizer, size in PLAN:
        settings = {"optimizer": optimizer, "learning_rate": 0.001, "batch_size": size, "seed": SEED, **conditions()}
        text += repeat_run(settings, 15)
    Path("epochs.jsonl").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
