import importlib, json
from itertools import count

def draw_sweep(log, factor):
    matplotlib = importlib.import_module("matplotlib")
    matplotlib.use("agg", force=True)
    plt = importlib.import_module("matplotlib.pyplot")
    runs, number = {}, count()
    current = None
    for line in log.split("\n"):
        if not line.strip():
            continue
        entry = json.loads(line)
        if entry["epoch"] == 1:
            current = runs.setdefault(next(number), [])
        current.append(entry)
    fig, axs = plt.subplots(nrows=2, sharex=False, figsize=(6, 8))
    for ax, which in zip(axs, ["train", "validation"]):
        for run in runs.values():
            xs, ys = zip(*[(e["epoch"], e[f"{which}_loss"]) for e in run])
            ax.plot(xs, ys, marker=".", label=f"{factor} = {run[0][factor]!r}")
        ax.set(title=f"{which} loss", xlabel="Epoch", ylabel=f"mean {which} loss")
        ax.legend(loc="best")
        ax.grid(True, alpha=.3)
    plt.close(fig)
    return fig
