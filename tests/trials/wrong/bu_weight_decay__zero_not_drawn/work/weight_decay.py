import json
import numpy as np
from matplotlib.figure import Figure


def penalty(parameters, weight_decay):
    return weight_decay / 2 * sum(float(np.sum(np.square(w))) for w in parameters)


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (gradient + weight_decay * parameters)


def weight_decay_sweep(run, values, settings):
    return "".join(run({**settings, "weight_decay": value}) for value in values)


def last_lines(record):
    """The last line of each run, by its weight decay."""
    last = {}
    for line in record.splitlines():
        entry = json.loads(line)
        last[entry["weight_decay"]] = entry
    return last


def best_weight_decay(record):
    last = last_lines(record)
    return min(last, key=lambda wd: (-last[wd]["validation_accuracy"], last[wd]["validation_loss"]))


def draw_weight_decay(record):
    last = last_lines(record)
    values = sorted(v for v in last if v > 0)
    figure = Figure(figsize=(9, 4))
    for axes, what in zip(figure.subplots(1, 2), ("accuracy", "loss")):
        for part in ("train", "test"):
            axes.plot(values, [last[v][f"{part}_{what}"] for v in values], marker="x", label=part)
        axes.set_title(f"Final {what}")
        axes.set_xlabel("weight decay")
        axes.set_ylabel(what)
        axes.set_xscale("log")
        axes.legend()
    return figure
