import json

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt


def draw_sweep(log, factor):
    runs = []
    for line in log.splitlines():
        entry = json.loads(line)
        if entry["epoch"] == 1:
            runs.append([])
        runs[-1].append(entry)
    figure = plt.figure("sweep", figsize=(10, 4))
    left, right = figure.axes or figure.subplots(1, 2)
    for axes, part in ((left, "train"), (right, "validation")):
        for run in runs:
            x = [entry["epoch"] for entry in run]
            y = [entry[part + "_loss"] for entry in run]
            axes.plot(x, y, label=f"{factor} = {run[0][factor]}")
        axes.set(title=part + " loss", xlabel="epoch", ylabel="loss")
        axes.legend()
    return figure
