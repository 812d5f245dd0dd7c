import json
from collections import ChainMap
from operator import itemgetter

import numpy as np
from matplotlib.figure import Figure


def penalty(parameters, weight_decay):
    return float(sum((np.linalg.norm(np.ravel(p)) ** 2 for p in parameters if np.ndim(p) > 1), 0.0)) * weight_decay / 2


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return (1 - learning_rate * weight_decay) * parameters - learning_rate * gradient


def weight_decay_sweep(run, values, settings):
    return "".join(run(dict(ChainMap({"weight_decay": value}, dict(settings)))) for value in values)


def _ends(record):
    """The last line of each run, by weight decay from the smallest to the largest."""
    ends = {}
    for entry in map(json.loads, filter(str.strip, record.splitlines())):
        ends[entry["weight_decay"]] = entry
    return sorted(ends.values(), key=itemgetter("weight_decay"))


def best_weight_decay(record):
    return max(_ends(record), key=lambda e: (e["validation_accuracy"], -e["validation_loss"]))["weight_decay"]


def draw_weight_decay(record):
    ends = _ends(record)
    values = [e["weight_decay"] for e in ends]
    figure = Figure(figsize=(9, 3.8), layout="constrained")
    for axes, what in zip(figure.subplots(1, 2), ("accuracy", "loss")):
        for part in ("train", "test"):
            axes.plot(values, [e[f"{part}_{what}"] for e in ends], marker="o", label=part)
        axes.set_xscale("symlog", linthresh=min([v for v in values if v > 0], default=1.0))
        axes.set(title=f"{what} after the last epoch", xlabel="weight decay", ylabel=what)
        axes.legend()
    return figure
