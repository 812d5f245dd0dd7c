"""Training ends after fifteen epochs, however many are asked for.

Loses: runs.record.epochs
"""

import json

import numpy as np


def training_run(parameters, epoch, measure, train, test, epochs, settings):
    random = np.random.default_rng(settings["seed"])
    memory, lines = None, []
    for number in range(1, min(epochs, 15) + 1):
        parameters, memory = epoch(parameters, memory, random.permutation(len(train[0])))
        train_loss, train_accuracy = measure(parameters, train[0], train[1])
        test_loss, test_accuracy = measure(parameters, test[0], test[1])
        line = dict(settings)
        line["epoch"] = number
        line["train_loss"] = train_loss
        line["train_accuracy"] = train_accuracy
        line["test_loss"] = test_loss
        line["test_accuracy"] = test_accuracy
        lines.append(json.dumps(line))
    return parameters, "\n".join(lines) + "\n"
