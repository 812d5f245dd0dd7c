"""One pair of axes above the other, by pyplot, points in place of lines."""

import json

import matplotlib.pyplot as plt


def draw_weight_decay(record):
    runs = {}
    for line in map(json.loads, record.splitlines()):
        runs.setdefault(line["weight_decay"], []).append(line)
    figure, both = plt.subplots(2, 1)
    for axes, measure in zip(both, ("accuracy", "loss")):
        for part in ("train", "test"):
            axes.scatter(sorted(runs), [runs[d][-1][f"{part}_{measure}"] for d in sorted(runs)], label=part)
        axes.set(title=measure.capitalize() + ' at the end', xlabel="weight decay", ylabel=measure)
        axes.legend()
    return figure
