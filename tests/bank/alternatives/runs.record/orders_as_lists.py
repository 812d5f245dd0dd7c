"""Orders are lists of Python's own generator; the record is put together at the end."""

import json
import random


def training_run(parameters, epoch, measure, train, test, epochs, settings):
    generator = random.Random(settings["seed"])
    memory, rows = None, []
    while len(rows) < epochs:
        parameters, memory = epoch(parameters, memory, generator.sample(range(len(train[1])), len(train[1])))
        errors = [*measure(parameters, *train), *measure(parameters, *test)]
        names = ["train_loss", "train_accuracy", "test_loss", "test_accuracy"]
        rows.append({**settings, "epoch": len(rows) + 1, **dict(zip(names, errors))})
    return parameters, "".join(json.dumps(row) + "\n" for row in rows)
