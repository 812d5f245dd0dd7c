
import json

import matplotlib.pyplot as plt


def last_rows(record):
    last = {}
    for line in record.split("\n"):
        if line.strip():
            row = json.loads(line)
            before = last.get(row["weight_decay"])
            if before is None or before["epoch"] < row["epoch"]:
                last[row["weight_decay"]] = row
    return last


def draw_weight_decay(record):
    last = last_rows(record)
    values = sorted(last)
    figure, both = plt.subplots(1, 2, figsize=(10, 4))
    for axes, quantity in zip(both, ("accuracy", "loss")):
        for part in ("train", "test"):
            axes.plot(values, [last[value][part + "_" + quantity] for value in values], "o-", label=part)
        axes.set_title(quantity + " after the last epoch")
        axes.set_xlabel("weight decay")
        axes.set_ylabel(quantity)
        axes.set_xscale("log")
        axes.legend()
    return figure
