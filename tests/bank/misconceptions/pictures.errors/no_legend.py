"""There are labels but no legend: call `legend`.

Loses: pictures.errors.words
"""

import json

from matplotlib import pyplot as plt


def draw_errors(record):
    lines = [json.loads(line) for line in record.splitlines()]
    figure, axes = plt.subplots()
    for name in sorted({line["optimizer"] for line in lines}):
        run = [line for line in lines if line["optimizer"] == name]
        epochs = [line["epoch"] for line in run]
        axes.plot(epochs, [line["train_loss"] for line in run], label=f"{name}, train")
        axes.plot(epochs, [line["test_loss"] for line in run], "--", label=f"{name}, test")
    axes.set_xlabel("epoch")
    axes.set_ylabel("error")
    return figure
