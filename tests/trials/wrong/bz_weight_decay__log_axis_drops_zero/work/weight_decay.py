import json
import numpy as np
from matplotlib.figure import Figure

def penalty(parameters, weight_decay):
    return weight_decay / 2 * float(sum(np.sum(np.square(p)) for p in parameters))

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (gradient + weight_decay * parameters)

def weight_decay_sweep(run, values, settings):
    return "".join(run({**settings, "weight_decay": v}) for v in values)

def _last(record):
    runs = {}
    for line in record.splitlines():
        row = json.loads(line)
        runs[row["weight_decay"]] = row
    return [runs[k] for k in sorted(runs)]

def best_weight_decay(record):
    return max(_last(record), key=lambda r: (r["validation_accuracy"], -r["validation_loss"]))["weight_decay"]

def draw_weight_decay(record):
    rows = [r for r in _last(record) if r["weight_decay"] > 0]
    fig = Figure(figsize=(9, 4))
    for ax, what in zip(fig.subplots(1, 2), ("accuracy", "loss")):
        for part in ("train", "test"):
            ax.plot([r["weight_decay"] for r in rows], [r[f"{part}_{what}"] for r in rows], "o-", label=part)
        ax.set(xlabel="weight decay", ylabel=what, title=what + " after the last epoch", xscale="log")
        ax.legend()
    return fig
