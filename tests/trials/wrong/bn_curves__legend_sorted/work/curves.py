import json

from matplotlib.figure import Figure


def draw_sweep(log, factor):
    runs = []
    for row in map(json.loads, log.splitlines()):
        if row["epoch"] == 1:
            runs.append([])
        runs[-1].append(row)
    names = [str(value) for value in sorted(run[0][factor] for run in runs)]
    figure = Figure(figsize=(10, 4))
    for number, part in enumerate(("train", "validation"), start=1):
        axes = figure.add_subplot(1, 2, number)
        for run in runs:
            axes.plot([row["epoch"] for row in run], [row[f"{part}_loss"] for row in run])
        axes.legend(names, title=factor)
        axes.set_title(f"{part} loss")
        axes.set_xlabel("epoch")
        axes.set_ylabel("loss")
    return figure
