"""The training losses are on the axes of the validation losses.

Loses: curves.sweep.lines
"""

import json

from lab.runlog import read
from matplotlib import pyplot as plt


def draw_sweep(log, factor):
    fig, axes = plt.subplots(1, 2)
    for ax, measure in zip(axes[::-1], ("train_loss", "validation_loss")):
        for run in read(log):
            values = run.measured[measure]
            ax.plot(range(1, len(values) + 1), values, marker="o", label=f"{factor} = {run.settings[factor]}")
        ax.set_title("train" if ax is axes[0] else "validation")
        ax.set_xlabel("epoch")
        ax.set_ylabel("cross-entropy")
        ax.legend()
    return fig
