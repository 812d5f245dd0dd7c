"""The runs of all optimizers are joined into one line. Draw each by itself.

Loses: pictures.errors.curves, pictures.errors.words
"""

import json

from matplotlib import pyplot as plt


def draw_errors(record):
    lines = [json.loads(line) for line in record.splitlines()]
    figure, axes = plt.subplots()
    for name, run in (("all", lines),):
        epochs = [line["epoch"] for line in run]
        axes.plot(epochs, [line["train_loss"] for line in run], label=f"{name}, train")
        axes.plot(epochs, [line["test_loss"] for line in run], "--", label=f"{name}, test")
    axes.set_xlabel("epoch")
    axes.set_ylabel("error")
    axes.legend()
    return figure
