"""A student's sweep over weight decay, written from the kit; run as a script it writes the record."""

import json
from pathlib import Path

import numpy as np
from lab.protocol import conditions, seed_for
from torchvision.datasets import MNIST

VALUES = [0.0, 1e-4, 1e-3, 1e-2, 1e-1]
EPOCHS = 6


def data(settings):
    mnist = MNIST("data", train=True, download=True)
    order = np.random.default_rng(settings["seed"]).permutation(len(mnist.data))
    x = np.asarray(mnist.data).reshape(len(order), -1) / 255.0
    y = np.asarray(mnist.targets)
    a, b, c = (settings[f"{part}_size"] for part in ("train", "validation", "test"))
    places = {"train": order[:a], "validation": order[a : a + b], "test": order[a + b : a + b + c]}
    return {part: (x[where] - x.mean(), y[where]) for part, where in places.items()}


def forward(w, x):
    h = np.tanh(x @ w[0] + w[1])
    z = h @ w[2] + w[3]
    z = z - z.max(1, keepdims=True)
    return h, z - np.log(np.exp(z).sum(1, keepdims=True))


def gradient(w, x, y):
    h, logs = forward(w, x)
    d = np.exp(logs)
    d[np.arange(len(x)), y] -= 1
    d /= len(x)
    dh = d @ w[2].T * (1 - h * h)
    return [x.T @ dh, dh.sum(0), h.T @ d, d.sum(0)]


def repeat_run(settings, epochs):
    rng = np.random.default_rng(settings["seed"] + 1)
    parts, hidden = data(settings), settings["hidden"]
    x, y = parts["train"]
    w = [rng.normal(0, 0.05, (784, hidden)), np.zeros(hidden), rng.normal(0, 0.1, (hidden, 10)), np.zeros(10)]
    text = ""
    for epoch in range(1, epochs + 1):
        order = rng.permutation(len(x))
        for start in range(0, len(x), settings["batch_size"]):
            batch = order[start : start + settings["batch_size"]]
            slopes = gradient(w, x[batch], y[batch])
            decay, rate = settings["weight_decay"], settings["learning_rate"]
            w = [each - rate * (g + decay * each) for each, g in zip(w, slopes, strict=True)]
        row = {**settings, "epoch": epoch}
        for part, (a, b) in parts.items():
            logs = forward(w, a)[1]
            row[f"{part}_loss"] = float(-logs[np.arange(len(b)), b].mean())
            row[f"{part}_accuracy"] = float((logs.argmax(1) == b).mean())
        text += json.dumps(row) + "\n"
    return text


def decay_log():
    return Path("decay.jsonl").read_text()


def chosen_weight_decay():
    rows = [json.loads(line) for line in decay_log().splitlines()]
    last = [row for row in rows if row["epoch"] == EPOCHS]
    return max(last, key=lambda row: (row["validation_accuracy"], -row["validation_loss"]))["weight_decay"]


if __name__ == "__main__":
    stated = {"learning_rate": 0.1, "batch_size": 16, "hidden": 32, "seed": seed_for("CS20B042"), **conditions()}
    stated |= {"train_size": 300, "validation_size": 200, "test_size": 200}
    Path("decay.jsonl").write_text("".join(repeat_run({**stated, "weight_decay": v}, EPOCHS) for v in VALUES))
