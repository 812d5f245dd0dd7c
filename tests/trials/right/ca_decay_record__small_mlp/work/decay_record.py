import json
import pathlib

import numpy as np
from lab.protocol import conditions, seed_for
from torchvision.datasets import MNIST

VALUES = [0.0, 0.001, 0.003, 0.01, 0.03, 0.1]
BASE = {"learning_rate": 0.4, "batch_size": 20, "hidden": 24, "train_size": 300, "validation_size": 300, "test_size": 100}
FILE = "decay.jsonl"
EPOCHS = 8


def samples(settings):
    n, m = settings["train_size"], settings["validation_size"]
    digits, test = MNIST("data", train=True), MNIST("data", train=False)

    def ready(part, lo, hi):
        # 28x28 -> 14x14 by means, then 0..1
        x = part.data.numpy()[lo:hi].astype(np.float64).reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)) / 255
        return x.reshape(len(x), -1), part.targets.numpy()[lo:hi].astype(int)

    return {"train": ready(digits, 0, n), "validation": ready(digits, n, n + m), "test": ready(test, 0, settings["test_size"])}


def forward(p, x):
    h = np.tanh(x @ p["w1"] + p["b1"])
    s = h @ p["w2"] + p["b2"]
    s = s - s.max(axis=1, keepdims=True)
    return h, s - np.log(np.exp(s).sum(axis=1, keepdims=True))


def measure(p, x, y):
    _, logp = forward(p, x)
    return float(-logp[np.arange(len(y)), y].mean()), float((logp.argmax(axis=1) == y).mean())


def repeat_run(settings, epochs):
    settings = dict(settings)
    rng = np.random.default_rng(settings["seed"])
    parts = samples(settings)
    x, y = parts["train"]
    hidden = settings["hidden"]
    p = {"w1": rng.normal(0, 1 / 14, (196, hidden)), "b1": np.zeros(hidden),
         "w2": rng.normal(0, hidden ** -0.5, (hidden, 10)), "b2": np.zeros(10)}
    lines = []
    for epoch in range(1, epochs + 1):
        order = rng.permutation(len(x))
        for start in range(0, len(x), settings["batch_size"]):
            batch = order[start:start + settings["batch_size"]]
            h, logp = forward(p, x[batch])
            ds = (np.exp(logp) - np.eye(10)[y[batch]]) / len(batch)
            dh = ds @ p["w2"].T * (1 - h * h)
            g = {"w1": x[batch].T @ dh, "b1": dh.sum(0), "w2": h.T @ ds, "b2": ds.sum(0)}
            for name in p:
                p[name] -= settings["learning_rate"] * (g[name] + settings["weight_decay"] * p[name])
        row = {**settings, "epoch": epoch}
        for part, (a, b) in parts.items():
            row[part + "_loss"], row[part + "_accuracy"] = measure(p, a, b)
        lines.append(json.dumps(row) + "\n")
    return "".join(lines)


def decay_log():
    return pathlib.Path(FILE).read_text()


def chosen_weight_decay():
    last = {}
    for row in map(json.loads, decay_log().splitlines()):
        last[row["weight_decay"]] = (row["validation_accuracy"], -row["validation_loss"])
    return max(last, key=last.get)
