"""There is no legend: a label alone is not shown.

Loses: decay.figure.words
"""

import json

from matplotlib.figure import Figure


def draw_weight_decay(record):
    runs = {}
    for line in map(json.loads, record.splitlines()):
        runs.setdefault(line["weight_decay"], []).append(line)
    figure = Figure()
    for axes, measure in zip(figure.subplots(ncols=2), ("accuracy", "loss")):
        for part in ("train", "test"):
            axes.plot(sorted(runs), [runs[d][-1][f"{part}_{measure}"] for d in sorted(runs)], label=part)
        axes.set(title=measure, xlabel="weight decay", ylabel=measure)
    return figure
