"""The first epoch is left out.

Loses: curves.sweep.lines
"""

import json

from lab.runlog import read
from matplotlib import pyplot as plt


def draw_sweep(log, factor):
    fig, axes = plt.subplots(1, 2)
    for ax, measure in zip(axes, ("train_loss", "validation_loss")):
        for run in read(log):
            values = run.measured[measure]
            values = values[1:]
            ax.plot(range(1, len(values) + 1), values, marker="o", label=f"{factor} = {run.settings[factor]}")
        ax.set_title(measure)
        ax.set_xlabel("epoch")
        ax.set_ylabel("cross-entropy")
        ax.legend()
    return fig
