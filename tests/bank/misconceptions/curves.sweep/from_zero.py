"""The epochs of a curve are those of the log, which counts from 1: here they begin with 0.

Loses: curves.sweep.lines
"""

from lab.runlog import read
from matplotlib import pyplot as plt


def draw_sweep(log, factor):
    figure, axes = plt.subplots(1, 2)
    for ax, measure in zip(axes, ("train_loss", "validation_loss")):
        for run in read(log):
            ax.plot(run.measured[measure], label=f"{factor} = {run.settings[factor]}")
        ax.set(title=measure, xlabel="epoch", ylabel="loss")
        ax.legend()
    return figure
