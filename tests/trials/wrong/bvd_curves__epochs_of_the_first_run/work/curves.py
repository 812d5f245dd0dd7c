import json

from matplotlib.figure import Figure


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
    epochs = [entry["epoch"] for entry in runs[0]]
    figure = Figure(figsize=(10, 4))
    axes = figure.subplots(1, 2)
    for ax, part in zip(axes, ("train", "validation")):
        for run in runs:
            points = list(zip(epochs, [entry[part + "_loss"] for entry in run]))
            ax.plot(*zip(*points), label=f"{factor}={run[0][factor]}")
        ax.set_xlabel("epoch")
        ax.set_ylabel("loss")
        ax.set_title(part + " loss")
        ax.legend()
    return figure
