import io
import json
from dataclasses import asdict, dataclass
from itertools import count, islice

import numpy as np


@dataclass
class Measured:
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float

    @classmethod
    def of(cls, measure, parameters, train, test):
        return cls(*map(float, (*measure(parameters, *train), *measure(parameters, *test))))


def orders(seed, n):
    rng = np.random.default_rng(seed)
    while True:
        yield rng.integers(n, size=n)


def training_run(parameters, epoch, measure, train, test, epochs, settings):
    record, memory = io.StringIO(), None
    for number, order in zip(range(1, epochs + 1), orders(settings["seed"], len(train[0]))):
        parameters, memory = epoch(parameters, memory, order)
        line = {**settings, "epoch": number, **asdict(Measured.of(measure, parameters, train, test))}
        print(json.dumps(line), file=record)
    return parameters, record.getvalue()


def accuracy(logits, one_hot):
    best = np.argmax(logits, axis=1)[:, None]
    return float(np.take_along_axis(one_hot, best, axis=1).mean())


def final_accuracies(record):
    return {line["optimizer"]: line["test_accuracy"] for line in map(json.loads, record.strip().splitlines())}
