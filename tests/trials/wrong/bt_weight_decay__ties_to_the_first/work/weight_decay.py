import itertools, json, operator
from dataclasses import dataclass
import numpy as np
from matplotlib.figure import Figure

@dataclass(order=True)
class Run:
    weight_decay: float
    lines: list

    @property
    def last(self):
        return max(self.lines, key=operator.itemgetter("epoch"))

def _runs(record):
    lines = [json.loads(line) for line in record.splitlines()]
    key = operator.itemgetter("weight_decay")
    return [Run(value, list(group)) for value, group in itertools.groupby(sorted(lines, key=key), key)]

def penalty(parameters, weight_decay):
    return weight_decay / 2 * sum(float(np.vdot(p, p)) for p in parameters)

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    total = gradient + weight_decay * parameters
    return parameters - learning_rate * total

def weight_decay_sweep(run, values, settings):
    return "".join(run({**settings, "weight_decay": value}) for value in values)

def best_weight_decay(record):
    return min(_runs(record), key=lambda r: -r.last["validation_accuracy"]).weight_decay

def draw_weight_decay(record):
    runs = _runs(record)
    figure = Figure(figsize=(9, 4))
    for axes, measure in zip(figure.subplots(1, 2), ("accuracy", "loss")):
        for part in ("train", "test"):
            axes.plot([r.weight_decay for r in runs], [r.last[f"{part}_{measure}"] for r in runs], marker=".", label=part)
        axes.set_xscale("symlog", linthresh=1e-5)
        axes.set_title(f"{measure} after the last epoch")
        axes.set_xlabel("weight decay")
        axes.set_ylabel(measure)
        axes.legend()
    return figure
