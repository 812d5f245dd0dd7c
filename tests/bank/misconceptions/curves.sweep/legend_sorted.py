"""The legend names values in another order than the lines are drawn in, so that each line is called by another's.

Loses: curves.sweep.words
"""

from lab.runlog import read
from matplotlib import pyplot as plt


def draw_sweep(log, factor):
    figure, axes = plt.subplots(1, 2)
    for ax, measure in zip(axes, ("train_loss", "validation_loss")):
        runs = read(log)
        for run in runs:
            values = run.measured[measure]
            ax.plot(range(1, len(values) + 1), values)
        ax.set(title=measure, xlabel="epoch", ylabel="loss")
        ax.legend(sorted(str(run.settings[factor]) for run in runs))
    return figure
