import json
import numpy as np
from matplotlib.figure import Figure

COLOURS = ["tab:blue", "tab:orange", "tab:green", "tab:red", "tab:purple", "tab:brown", "tab:pink", "tab:gray", "tab:olive", "tab:cyan"]

def draw_errors(record):
    runs = {}
    for line in record.splitlines():
        row = json.loads(line)
        runs.setdefault(row["optimizer"], []).append(row)
    fig = Figure(figsize=(7, 4))
    ax = fig.subplots()
    for c, (name, rows) in zip(COLOURS, runs.items()):
        epochs = [row["epoch"] for row in rows]
        ax.plot(epochs, [row["train_loss"] for row in rows], "-", color=c, label=f"train, {name}")
        ax.plot(epochs, [row["test_loss"] for row in rows], "--", color=c, label=f"test, {name}")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.legend()
    return fig


def draw_maps(first, second):
    fig = Figure(figsize=(8, 4))
    axes = fig.subplots(2, 4)
    for layer, maps in enumerate([first, second]):
        for k in range(4):
            axes[layer, k].imshow(maps[k], cmap="gray")
            axes[layer, k].set_title(f"conv {layer + 1}: {chr(97 + k)}")
    return fig

def draw_embedding(points, labels, title):
    fig = Figure()
    ax = fig.add_subplot()
    for d in dict.fromkeys(labels.tolist()):
        own = points[labels == d]
        if len(own):
            ax.plot(own[:, 0], own[:, 1], "o", color=COLOURS[d])
    ax.set_title(title)
    ax.legend([str(d) for d in np.unique(labels)])
    return fig
