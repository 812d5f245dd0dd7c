"""Curves by Matplotlib alone: two axes, one above the other, with a logarithmic scale."""
import json

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D


def _runs(log):
    runs = []
    for text in filter(str.strip, log.split("\n")):
        line = json.loads(text)
        if line["epoch"] == 1 or not runs:
            runs.append([])
        runs[-1].append(line)
    return runs


def draw_sweep(log, factor):
    figure = Figure((6, 8))
    FigureCanvasAgg(figure)
    runs = _runs(log)
    for place, measure in enumerate(("train_loss", "validation_loss")):
        axes = figure.add_subplot(2, 1, place + 1)
        for number, run in enumerate(reversed(runs)):
            axes.add_line(
                Line2D(
                    [line["epoch"] for line in run],
                    [line[measure] for line in run],
                    color=f"C{number % 10}",
                    marker=".",
                    label=f"{factor} = {run[0][factor]}",
                )
            )
        axes.autoscale_view()
        axes.set_yscale("log")
        axes.set_xlabel("epoch (from 1)")
        axes.set_ylabel("mean cross-entropy")
        axes.set_title({"train_loss": "Train: loss", "validation_loss": "Validation: loss"}[measure])
        axes.grid(True, alpha=0.3)
        if runs:
            axes.legend(title=factor, fontsize=7)
    return figure
