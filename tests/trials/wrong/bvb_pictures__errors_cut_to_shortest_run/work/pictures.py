import json

import numpy as np
from matplotlib.figure import Figure


def draw_errors(record):
    entries = [json.loads(line) for line in record.splitlines() if line]
    names = list(dict.fromkeys(e["optimizer"] for e in entries))
    train = [[e["train_loss"] for e in entries if e["optimizer"] == name] for name in names]
    test = [[e["test_loss"] for e in entries if e["optimizer"] == name] for name in names]
    # one row for each epoch
    train, test = np.array(list(zip(*train))), np.array(list(zip(*test)))
    epochs = np.arange(1, len(train) + 1)
    figure = Figure(figsize=(8, 5))
    axes = figure.add_subplot()
    for k, name in enumerate(names):
        axes.plot(epochs, train[:, k], f"C{k}-", label=f"train loss, {name}")
        axes.plot(epochs, test[:, k], f"C{k}--", label=f"test loss, {name}")
    axes.set(xlabel="epoch", ylabel="cross-entropy")
    axes.legend()
    return figure
