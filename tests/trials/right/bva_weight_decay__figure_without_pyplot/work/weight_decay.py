import io
import json

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D


def draw_weight_decay(record):
    table = {}
    for line in io.StringIO(record):
        row = json.loads(line)
        table.setdefault(row["weight_decay"], {})[row["epoch"]] = row
    decays = np.array(list(table))
    order = np.argsort(decays)
    last = [table[decays[k]][max(table[decays[k]])] for k in order]

    figure = Figure(figsize=(6, 8), layout="constrained")
    grid = figure.add_gridspec(2, 1)
    for place, measure in enumerate(["loss", "accuracy"]):
        axes = figure.add_subplot(grid[place, 0])
        for part, style in (("test", "--"), ("train", "-")):
            axes.add_line(
                Line2D(decays[order], [row[f"{part}_{measure}"] for row in last], linestyle=style, marker="s", label=part)
            )
        axes.autoscale_view()
        axes.set_xscale("symlog", linthresh=1e-4)
        axes.set_title("Final " + measure.capitalize())
        axes.set(xlabel="λ", ylabel=f"{measure} after the last epoch")
        axes.legend(title="samples", loc="best")
    return figure
