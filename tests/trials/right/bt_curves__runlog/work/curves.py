from lab import runlog
from matplotlib.figure import Figure

def draw_sweep(log, factor):
    runs = runlog.read(log)
    figure = Figure(figsize=(10, 4))
    for axes, part in zip(figure.subplots(1, 2), ("train", "validation")):
        for run in runs:
            losses = run.measured[f"{part}_loss"]
            axes.plot(range(1, len(losses) + 1), losses, "-o", ms=3, label=str(run.settings[factor]))
        axes.set_title(f"{part} loss")
        axes.set_xlabel("epoch")
        axes.set_ylabel("cross-entropy")
        axes.legend(title=factor)
    return figure
