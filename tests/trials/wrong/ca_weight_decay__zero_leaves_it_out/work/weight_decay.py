import json
import numpy as np
from matplotlib.figure import Figure

def penalty(parameters, weight_decay):
    total = 0.0
    for p in parameters:
        total += np.sum(p ** 2)
    return weight_decay / 2 * total

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (gradient + weight_decay * parameters)

def weight_decay_sweep(run, values, settings):
    record = ""
    for i, value in enumerate(values):
        own = dict(settings)
        if value:
            own["weight_decay"] = value
        record += run(own)
    return record

def last_rows(record):
    """weight decay -> the line of the last epoch"""
    rows = {}
    for line in record.splitlines():
        row = json.loads(line)
        rows[row["weight_decay"]] = row
    return rows

def best_weight_decay(record):
    best = None
    for value, row in last_rows(record).items():
        key = (row["validation_accuracy"], -row["validation_loss"])
        if best is None or key > best[0]:
            best = (key, value)
    return best[1]

def draw_weight_decay(record):
    rows = last_rows(record)
    values = sorted(rows)
    fig = Figure(figsize=(8, 4))
    axs = fig.subplots(1, 2)
    for ax, what in zip(axs, ["accuracy", "loss"]):
        for part in ["train", "test"]:
            ax.plot(values, [rows[v][f"{part}_{what}"] for v in values], "o-", label=part)
        ax.set_xlabel("weight decay")
        ax.set_ylabel(what)
        ax.set_title(f"{what} after the last epoch")
        ax.legend()
    return fig
