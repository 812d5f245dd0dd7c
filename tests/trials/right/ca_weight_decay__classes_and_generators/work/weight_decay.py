from __future__ import annotations

import json
from functools import cached_property, reduce
from itertools import chain

import numpy as np
from matplotlib.figure import Figure


def penalty(parameters, weight_decay):
    return 0.5 * weight_decay * sum(float(np.vdot(p, p)) for p in map(np.asarray, parameters))


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    total = np.add(gradient, np.multiply(weight_decay, parameters))
    return np.subtract(parameters, np.multiply(learning_rate, total))


class Record(list):
    """the last line of each run, smallest weight decay first"""

    def __init__(self, text: str):
        last = reduce(lambda seen, row: {**seen, row["weight_decay"]: row}, map(json.loads, filter(str.strip, text.split("\n"))), {})
        super().__init__(last[key] for key in sorted(last))

    @cached_property
    def best(self):
        return max(self, key=lambda row: (row["validation_accuracy"], -row["validation_loss"]))

    def column(self, key):
        return [row[key] for row in self]


def weight_decay_sweep(run, values, settings):
    return "".join(run(dict(settings) | {"weight_decay": value}) for value in values)


def best_weight_decay(record):
    return Record(record).best["weight_decay"]


def draw_weight_decay(record):
    rows = Record(record)
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    small = min([v for v in rows.column("weight_decay") if v > 0], default=1)
    for place, measure in enumerate(("accuracy", "loss"), 1):
        axes = figure.add_subplot(1, 2, place)
        for part, look in (("train", "o-"), ("test", "s--")):
            axes.plot(rows.column("weight_decay"), rows.column(f"{part}_{measure}"), look, label=part)
        axes.set_xscale("symlog", linthresh=small)       # 0 has a place on this scale
        axes.set(xlabel="weight decay", ylabel=measure, title=f"final {measure}")
        axes.legend()
    return figure
