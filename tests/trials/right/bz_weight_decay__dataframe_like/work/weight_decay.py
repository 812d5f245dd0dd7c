import copy, io, json, math
from collections import ChainMap, OrderedDict
from functools import reduce
from typing import NamedTuple
import numpy as np
from matplotlib.figure import Figure

class Last(NamedTuple):
    decay: float
    row: dict
    @property
    def rank(self):
        return (-self.row["validation_accuracy"], self.row["validation_loss"])

def _ends(record):
    def put(table, line):
        row = json.loads(line)
        table[float(row["weight_decay"])] = Last(row["weight_decay"], row)
        return table
    return reduce(put, filter(str.strip, io.StringIO(record)), OrderedDict()).values()

def penalty(parameters, weight_decay):
    return 0.5 * weight_decay * math.fsum(math.fsum((np.ravel(p).astype(float) ** 2).tolist()) for p in parameters)

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    w = np.array(parameters, dtype=float, copy=True)
    w *= 1 - learning_rate * weight_decay
    w -= learning_rate * np.asarray(gradient)
    return w

def weight_decay_sweep(run, values, settings):
    out = io.StringIO()
    for value in values:
        out.write(run(dict(ChainMap({"weight_decay": value}, copy.deepcopy(dict(settings))))))
    return out.getvalue()

def best_weight_decay(record):
    return min(_ends(record), key=lambda e: e.rank).decay

def draw_weight_decay(record):
    ends = sorted(_ends(record), key=lambda e: e.decay)
    x = np.array([e.decay for e in ends])
    figure = Figure(figsize=(8, 3.5), layout="constrained")
    for k, measure in enumerate(["accuracy", "loss"], start=1):
        ax = figure.add_subplot(1, 2, k)
        for part, style in dict(train="C0o--", test="C3s-").items():
            ax.plot(x, np.array([e.row[part + "_" + measure] for e in ends]), style, label=part)
        positive = x[x > 0]
        if len(positive):
            ax.set_xscale("symlog", linthresh=float(positive.min()))
        ax.set_title(f"Final {measure}")
        ax.set_xlabel("weight decay λ")
        ax.set_ylabel(measure)
        ax.legend()
    return figure
