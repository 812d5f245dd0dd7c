"""The titles are exchanged: the first axes are to show the training loss, and to say so.

Loses: curves.sweep.words
"""

from lab.runlog import read
from matplotlib import pyplot as plt


def draw_sweep(log, factor):
    fig, axes = plt.subplots(1, 2)
    for ax, measure in zip(axes, ("train_loss", "validation_loss")):
        for run in read(log):
            values = run.measured[measure]
            ax.plot(range(1, len(values) + 1), values, marker="o", label=f"{factor} = {run.settings[factor]}")
        ax.set_title("validation loss" if measure == "train_loss" else "train loss")
        ax.set_xlabel("epoch")
        ax.set_ylabel("cross-entropy")
        ax.legend()
    return fig
