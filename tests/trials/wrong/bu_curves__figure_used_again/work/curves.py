import json
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt


def draw_sweep(log, factor):
    fig = plt.figure(1, figsize=(10, 4))
    axes = fig.axes or [fig.add_subplot(1, 2, k) for k in (1, 2)]
    runs = []
    for row in map(json.loads, log.splitlines()):
        if row["epoch"] == 1:
            runs.append([])
        runs[-1].append(row)
    for ax, part in zip(axes, ("train", "validation")):
        for run in runs:
            ax.plot([r["epoch"] for r in run], [r[f"{part}_loss"] for r in run], label=f"{run[0][factor]}")
        ax.set_title(f"{part} loss")
        ax.set_xlabel("epoch")
        ax.set_ylabel("loss")
        ax.legend()
    return fig
