import itertools
import json

from matplotlib.figure import Figure


def draw_errors(record):
    """One plot for each optimizer, one above the other, of the share of wrong answers."""
    lines = (json.loads(line) for line in record.splitlines() if line.strip())
    runs = {name: list(group) for name, group in itertools.groupby(lines, key=lambda line: line["optimizer"])}
    figure = Figure(figsize=(5, 2.5 * len(runs)), layout="constrained")
    grid = figure.subplots(len(runs), 1, squeeze=False, sharey=True)
    for axes, (name, run) in zip(grid.flat, runs.items()):
        epochs = [float(line["epoch"]) for line in run]
        for part, style in (("test", "s:"), ("train", "o-")):
            axes.plot(epochs, [1 - line[part + "_accuracy"] for line in run], style, label=part + "ing error")
        axes.set(xlabel="epoch", ylabel="1 − accuracy", title=f"Optimizer: {name}")
        axes.legend(loc="best")
    return figure
