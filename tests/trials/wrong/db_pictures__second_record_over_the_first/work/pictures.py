import json

import matplotlib.pyplot as plt
import numpy as np


def draw_errors(record):
    runs = {}
    for line in record.splitlines():
        if line.strip():
            entry = json.loads(line)
            runs.setdefault(entry["optimizer"], []).append(entry)
    figure = plt.figure(1)
    axes = figure.gca()
    for name, entries in runs.items():
        epochs = [entry["epoch"] for entry in entries]
        axes.plot(epochs, [entry["train_loss"] for entry in entries], label=f"train, {name}")
        axes.plot(epochs, [entry["test_loss"] for entry in entries], "--", label=f"test, {name}")
    axes.set_xlabel("epoch")
    axes.set_ylabel("error")
    axes.legend()
    return figure
