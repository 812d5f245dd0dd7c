import json

from matplotlib.figure import Figure


def draw_sweep(log, factor):
    runs = []
    for line in log.splitlines():
        entry = json.loads(line)
        if entry["epoch"] == 1:
            runs.append([])
        runs[-1].append(entry)
    figure = Figure(figsize=(10, 4))
    left, right = figure.subplots(1, 2)
    for axes, part in ((left, "train"), (right, "validation")):
        for run in runs:
            x = [entry["epoch"] for entry in run]
            y = [entry[part + "_loss"] for entry in run]
            if len(y) > 10:
                y = [sum(y[max(0, k - 1):k + 2]) / len(y[max(0, k - 1):k + 2]) for k in range(len(y))]
            axes.plot(x, y, label=f"{factor} = {run[0][factor]}")
        axes.set(title=part + " loss", xlabel="epoch", ylabel="loss")
        axes.legend()
    return figure
