import json

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def last_epochs(record):
    """The row of the last epoch of each run, by weight decay."""
    rows = {}
    for line in record.splitlines():
        if line.strip():
            row = json.loads(line)
            known = rows.get(row["weight_decay"])
            if known is None or row["epoch"] > known["epoch"]:
                rows[row["weight_decay"]] = row
    return rows


def draw_weight_decay(record):
    rows = last_epochs(record)
    decays = sorted(rows)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(decays, [rows[decay]["train_accuracy"] for decay in decays], marker="o", label="train")
    left.plot(decays, [rows[decay]["test_accuracy"] for decay in decays], marker="o", label="test")
    right.plot(decays, [rows[decay]["train_loss"] for decay in decays], marker="o", label="train")
    right.plot(decays, [rows[decay]["validation_loss"] for decay in decays], marker="o", label="test")
    for axes, measure in ((left, "accuracy"), (right, "loss")):
        axes.set_title(f"{measure} by weight decay")
        axes.set_xlabel("weight decay")
        axes.set_ylabel(measure)
        axes.legend()
    return figure
