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
    fig, axs = plt.subplots(1, 2, figsize=(10, 4))
    for ax, part in zip(axs, ["train", "validation"]):
        for run in runs:
            epochs = [row["epoch"] for row in run]
            values, mean = [], None
            for row in run:          # a little smoothing makes trends easier to see
                new = row[part + "_loss"]
                mean = new if mean is None else 0.5 * mean + 0.5 * new
                values.append(mean)
            ax.plot(epochs, values, marker=".", label=str(run[0][factor]))
        ax.set_xlabel("epoch")
        ax.set_ylabel("loss")
        ax.set_title(part + " loss")
        ax.legend(title=factor)
    fig.tight_layout()
    plt.close(fig)
    return fig
