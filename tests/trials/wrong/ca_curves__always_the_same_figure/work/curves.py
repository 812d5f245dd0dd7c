import json
from collections import defaultdict
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt


def read_runs(log):
    runs = []
    for line in log.splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        if row["epoch"] == 1:
            runs.append([])
        runs[-1].append(row)
    return runs


def draw_sweep(log, factor):
    runs = read_runs(log)
    fig = plt.figure("sweep", figsize=(10, 4))
    axs = [plt.subplot(1, 2, 1), plt.subplot(1, 2, 2)]
    for ax, part in zip(axs, ["train", "validation"]):
        for run in runs:
            epochs = [row["epoch"] for row in run]
            values = [row[part + "_loss"] for row in run]
            ax.plot(epochs, values, marker=".", label=str(run[0][factor]))
        ax.set_xlabel("epoch")
        ax.set_ylabel("loss")
        ax.set_title(part + " loss")
        ax.legend(title=factor)
    fig.tight_layout()
    return fig
