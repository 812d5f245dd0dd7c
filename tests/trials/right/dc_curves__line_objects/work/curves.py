import json
from collections import defaultdict

from matplotlib.figure import Figure
from matplotlib.lines import Line2D


def draw_sweep(log, factor):
    runs = []
    for row in filter(str.strip, log.split("\n")):
        row = json.loads(row)
        if row["epoch"] == 1:
            runs.append(defaultdict(list))
        for key, value in row.items():
            runs[-1][key].append(value)
    figure = Figure(figsize=(6, 8))
    for place, part in enumerate(("train", "validation"), start=1):
        axes = figure.add_subplot(2, 1, place)
        lines = []
        for number, run in reversed(list(enumerate(runs))):
            line = Line2D(run["epoch"], run[f"{part}_loss"], color=f"C{number}", marker=".")
            line.set_label(str(run[factor][0]))
            axes.add_line(line)
            lines.insert(0, line)
        axes.autoscale_view()
        axes.set_title(f"{part} loss".capitalize())
        axes.set_xlabel("epoch")
        axes.set_ylabel("mean cross-entropy")
        axes.legend(handles=lines, title=factor)
    return figure
