import json
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

plt.style.use("ggplot")


def parse(log):
    runs = []
    for line in log.strip().split("\n"):
        entry = json.loads(line)
        if entry["epoch"] == 1:
            runs.append([])
        runs[-1].append(entry)
    return runs


def draw_sweep(log, factor):
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4), sharey=True)
    for run in parse(log):
        value = run[0].get('learning_rate', run[0][factor])
        for ax, which in ((left, "train"), (right, "validation")):
            ax.plot([r["epoch"] for r in run], [r[which + "_loss"] for r in run], "o-", label=f"{factor} = {value}")
            ax.set_title(f"Loss ({which})")
    for ax in (left, right):
        ax.set_xlabel("epoch")
        ax.set_ylabel("cross-entropy")
        ax.set_yscale("log")
        ax.legend(title=factor)
    fig.tight_layout()
    plt.close(fig)
    return fig
