"""Weight decay on 600 digits with a small network, and its record (`python decay_record.py` makes it anew)."""
import json
from pathlib import Path

import numpy as np

from lab.protocol import conditions, seed_for

VALUES = [0.0, 0.001, 0.01, 0.05, 0.2, 0.5]
HERE = "decay.jsonl"
_cache = {}


def samples(settings):
    from torchvision.datasets import MNIST

    rng = np.random.default_rng(settings["seed"])
    train, test = MNIST("data", train=True), MNIST("data", train=False)
    order = rng.permutation(len(train.targets.numpy()))
    cut, end = settings["train_size"], settings["train_size"] + settings["validation_size"]

    def part(dataset, chosen):
        return dataset.data.numpy()[chosen].reshape(len(chosen), -1) / 255.0, dataset.targets.numpy()[chosen]

    return part(train, order[:cut]), part(train, order[cut:end]), part(test, np.arange(settings["test_size"]))


def start(settings):
    rng = np.random.default_rng(settings["seed"] + 1)
    h = settings["hidden"]
    return [rng.normal(0, 0.05, (784, h)), np.zeros(h), rng.normal(0, 0.2, (h, 10)), np.zeros(10)], rng


def forward(p, x):
    a = np.maximum(x @ p[0] + p[1], 0)
    z = a @ p[2] + p[3]
    z = z - z.max(axis=1, keepdims=True)
    return a, z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def gradients(p, x, y):
    a, logs = forward(p, x)
    d = np.exp(logs)
    d[np.arange(len(y)), y] -= 1
    d /= len(y)
    inner = (d @ p[2].T) * (a > 0)
    return [x.T @ inner, inner.sum(axis=0), a.T @ d, d.sum(axis=0)]


def measure(p, x, y, decay=0.0):
    _, logs = forward(p, x)
    return float(-logs[np.arange(len(y)), y].mean()), float((logs.argmax(axis=1) == y).mean()) * 100


def repeat_run(settings, epochs):
    settings = dict(settings)
    parts = dict(zip(("train", "validation", "test"), samples(settings)))
    p, rng = start(settings)
    rate, decay = settings["learning_rate"], settings["weight_decay"]
    x, y = parts["train"]
    text = ""
    for epoch in range(1, epochs + 1):
        order = rng.permutation(len(x))
        for k in range(0, len(x), settings["batch_size"]):
            batch = order[k : k + settings["batch_size"]]
            g = gradients(p, x[batch], y[batch])
            p = [q - rate * (s + decay * q) for q, s in zip(p, g)]
        line = {**settings, "epoch": epoch}
        for name, (inputs, classes) in parts.items():
            line[name + "_loss"], line[name + "_accuracy"] = measure(p, inputs, classes, decay)
        text += json.dumps(line) + "\n"
    return text


def decay_log():
    return Path(HERE).read_text(encoding="utf-8")


def chosen_weight_decay():
    last = {}
    for line in map(json.loads, decay_log().splitlines()):
        last[line["weight_decay"]] = line
    return max(last.values(), key=lambda e: (e["validation_accuracy"], -e["validation_loss"]))["weight_decay"]


def sweep():
    settings = {
        "seed": seed_for("BU21B007"), "train_size": 600, "validation_size": 300, "test_size": 100,
        "learning_rate": 0.1, "batch_size": 20, "hidden": 24, **conditions(),
    }  # fmt: skip
    Path(HERE).write_text("".join(repeat_run({**settings, "weight_decay": value}, 8) for value in VALUES), encoding="utf-8")


if __name__ == "__main__":
    sweep()
