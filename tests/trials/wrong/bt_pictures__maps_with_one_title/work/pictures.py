import json
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

plt.rcParams["axes.grid"] = False

def draw_errors(record):
    lines = [json.loads(line) for line in record.splitlines() if line.strip()]
    names = list(dict.fromkeys(line["optimizer"] for line in lines))
    fig, axs = plt.subplots(1, len(names), figsize=(5 * len(names), 4), squeeze=False)
    for ax, name in zip(axs.flat, names):
        mine = [line for line in lines if line["optimizer"] == name]
        epochs = [line["epoch"] for line in mine]
        for part, style in (("train", "o-"), ("test", "s--")):
            ax.plot(epochs, [1 - line[part + "_accuracy"] for line in mine], style, label=f"{part} error")
        ax.set(title=name, xlabel="epoch", ylabel="error (1 - accuracy)")
        ax.legend()
    fig.tight_layout()
    return fig

def draw_maps(first, second):
    fig = plt.figure(figsize=(10, 5))
    for row, (layer, maps) in enumerate(((1, first), (2, second))):
        for k, one in enumerate(maps):
            ax = fig.add_subplot(2, 4, row * 4 + k + 1)
            ax.imshow(one, cmap="gray")
            ax.set_title(f"layer {layer}")
            ax.axis("off")
    return fig

def draw_embedding(points, labels, title):
    fig, ax = plt.subplots()
    for digit, colour in zip(range(10), plt.get_cmap("tab10").colors):
        mine = points[labels == digit]
        if len(mine):
            ax.scatter(mine[:, 0], mine[:, 1], color=[colour], label=str(digit), s=15)
    ax.legend(title="digit")
    ax.set_title(title)
    return fig
