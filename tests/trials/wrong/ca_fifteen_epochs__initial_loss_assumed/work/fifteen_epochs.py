import json
from pathlib import Path

import numpy as np
from lab.protocol import conditions, seed_for
from torchvision.datasets import MNIST

from cnn import net

RUNS = [("sgd", 1), ("momentum", 10), ("rmsprop", 10)]
FILE = "epochs.jsonl"


def sgd(memory, g, rate):
    return -rate * g, memory


def momentum(memory, g, rate):
    v = 0.9 * (0.0 if memory is None else memory) - rate * g
    return v, v


def rmsprop(memory, g, rate):
    s = 0.9 * (0.0 if memory is None else memory) + 0.1 * g * g
    return -rate * g / (np.sqrt(s) + 1e-8), s


RULES = {rule.__name__: rule for rule in (sgd, momentum, rmsprop)}


def digits(train, per_class):
    part = MNIST("data", train=train)
    images, labels = part.data.numpy(), part.targets.numpy()
    chosen = np.concatenate([np.flatnonzero(labels == c)[:per_class] for c in range(10)])
    return images[chosen, None].astype(np.float64) / 255.0, np.eye(10)[labels[chosen]]


def repeat_run(settings, epochs):
    rng = np.random.default_rng(settings["seed"])
    rule, rate, size = RULES[settings["optimizer"]], settings["learning_rate"], settings["batch_size"]
    (x, t), test = digits(True, 100), digits(False, 10)
    p = net.start(rng)
    memory = dict.fromkeys(p)
    said = {**settings, "initial_loss": float(np.log(10))}   # ten classes, untrained
    lines = []
    for epoch in range(1, epochs + 1):
        order = rng.permutation(len(x))
        for batch in np.split(order, range(size, len(x), size)):
            g = net.gradient(p, x[batch], t[batch])
            for name in p:
                step, memory[name] = rule(memory[name], g[name], rate)
                p[name] = p[name] + step
        train_loss, train_accuracy = net.measure(p, x, t)
        test_loss, test_accuracy = net.measure(p, *test)
        lines.append(json.dumps({**said, "epoch": epoch, "train_loss": train_loss, "train_accuracy": train_accuracy,
                                 "test_loss": test_loss, "test_accuracy": test_accuracy}) + "\n")
    return "".join(lines)


def epochs_log():
    return Path(FILE).read_text()


def all_settings():
    for optimizer, size in RUNS:
        yield {"optimizer": optimizer, "learning_rate": 0.001, "batch_size": size, "seed": seed_for("AI21MTECH02003"), **conditions()}
