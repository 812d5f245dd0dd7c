import numpy as np
import matplotlib.pyplot as plt
from lab.runlog import read


def draw_sweep(log, factor):
    runs = read(log)
    epochs = np.arange(1, min(run.epochs for run in runs) + 1)
    fig, axes = plt.subplots(ncols=2, figsize=(9, 3.5), layout="constrained")
    for ax, name in zip(axes, ["train", "validation"]):
        table = np.stack([run.measured[name + "_loss"][: len(epochs)] for run in runs], axis=1)
        lines = ax.plot(epochs, table)
        ax.legend(lines, [f"{factor} = {run.settings[factor]}" for run in runs])
        ax.set(title=f"{name} loss", xlabel="epoch", ylabel=f"{name} loss")
    plt.close(fig)
    return fig
