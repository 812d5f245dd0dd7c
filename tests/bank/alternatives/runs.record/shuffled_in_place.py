"""Indices are shuffled in place by the old generator, after each epoch only; lines are formatted in another order."""

import json

import numpy as np


def training_run(parameters, epoch, measure, train, test, epochs, settings):
    x_train, y_train = train
    x_test, y_test = test
    indices = np.arange(x_train.shape[0])
    generator = np.random.RandomState(settings["seed"] % 2**32)
    memory = None
    text = ""
    for number in range(epochs):
        parameters, memory = epoch(parameters, memory, indices.copy())
        generator.shuffle(indices)
        row = {"epoch": number + 1}
        for part, x, y in (("test", x_test, y_test), ("train", x_train, y_train)):
            row[part + "_loss"], row[part + "_accuracy"] = measure(parameters, x, y)
        row.update(settings)
        text += json.dumps(row, sort_keys=True) + "\n"
    return parameters, text
