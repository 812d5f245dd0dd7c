import json

import matplotlib.pyplot as plt
import numpy as np


def draw_errors(record):
    runs = {}
    for line in record.splitlines():
        if line.strip():
            entry = json.loads(line)
            runs.setdefault(entry["optimizer"], []).append(entry)
    figure, axes = plt.subplots(figsize=(7, 4))
    for name, entries in runs.items():
        epochs = [entry["epoch"] for entry in entries]
        axes.plot(epochs, [entry["train_loss"] for entry in entries], label=f"train, {name}")
        axes.plot(epochs, [1 - entry["test_accuracy"] for entry in entries], "--", label=f"test, {name}")
    axes.set_xlabel("epoch")
    axes.set_ylabel("error")
    axes.legend()
    plt.close(figure)
    return figure
