from lab.runlog import read
from matplotlib.figure import Figure


def draw_sweep(log, factor):
    runs = read(log)
    fig = Figure(figsize=(9, 4))
    a, b = fig.subplots(1, 2)
    for run in runs:
        t = list(range(1, run.epochs + 1))
        a.plot(t, run.measured["train_loss"], label=str(run.settings[factor]))
        b.plot(t, run.measured["validation_loss"], label=str(run.settings[factor]))
    for ax, title in zip((b, a), ("train loss", "validation loss")):
        ax.set_title(title)
        ax.set_xlabel("epoch")
        ax.set_ylabel("loss")
        ax.legend(title=factor)
    return fig
