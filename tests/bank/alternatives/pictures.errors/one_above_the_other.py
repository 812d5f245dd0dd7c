"""Axes one above the other, a legend of the figure's for all of them."""

import json

from matplotlib import pyplot as plt


def draw_errors(record):
    lines = [json.loads(line) for line in record.splitlines()]
    names = sorted({line["optimizer"] for line in lines})
    figure, rows = plt.subplots(len(names), 1, squeeze=False, sharex=True)
    for axes, name in zip(rows[:, 0], names):
        run = [line for line in lines if line["optimizer"] == name]
        for part in ("train", "test"):
            axes.plot([line["epoch"] for line in run], [line[part + "_loss"] for line in run], label=part)
        axes.set_title(f"With {name}")
        axes.set_xlabel("epochs")
        axes.set_ylabel("loss")
    handles, labels = rows[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels)
    return figure
