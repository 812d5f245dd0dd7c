import json

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def _read(log):
    runs = []
    for line in log.splitlines():
        entry = json.loads(line)
        if entry["epoch"] == 1:
            runs.append([])
        runs[-1].append(entry)
    return runs


def draw_sweep(log, factor):
    runs = _read(log)
    figure, axes = plt.subplots(1, 2, figsize=(10, 4), num="learning curves", clear=True)
    for ax, part in zip(axes, ("train", "validation")):
        for run in runs:
            x = [entry["epoch"] for entry in run]
            y = [entry[part + "_loss"] for entry in run]
            ax.plot(x, y, label=f"{factor}={run[0][factor]}")
        ax.set_xlabel("epoch")
        ax.set_ylabel("loss")
        ax.set_title(part + " loss")
        ax.legend()
    return figure
