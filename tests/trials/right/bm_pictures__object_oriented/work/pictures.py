import json
from collections import defaultdict

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure


def draw_errors(record):
    runs = defaultdict(list)
    for line in record.strip().split("\n"):
        entry = json.loads(line)
        runs[entry["optimizer"]].append(entry)

    figure = Figure(figsize=(4.5 * len(runs), 4), layout="constrained")
    all_axes = figure.subplots(1, len(runs), sharey=True, squeeze=False)[0]
    for axes, (name, entries) in zip(all_axes, runs.items()):
        entries.sort(key=lambda entry: entry["epoch"])
        epochs = [entry["epoch"] for entry in entries]
        for part, style in (("train", "-"), ("test", "--")):
            errors = [1 - entry[part + "_accuracy"] for entry in entries]
            axes.plot(epochs, errors, style, marker="o", ms=3, label=part + "ing error" if part == "train" else "test error")
        axes.set(title=name, xlabel="epoch", ylabel="error (1 - accuracy)")
        axes.legend()
    return figure


def draw_maps(first, second):
    figure = Figure(figsize=(9, 5))
    for row, (number, maps) in enumerate(((1, first), (2, second))):
        low, high = maps.min(), maps.max()
        for k in range(4):
            axes = figure.add_subplot(2, 4, 4 * row + k + 1)
            axes.imshow(maps[k], cmap="viridis", vmin=low, vmax=high)
            axes.set_title(f"layer {number}, map {'abcd'[k]}")
            axes.axis("off")
    return figure


def draw_embedding(points, labels, title):
    figure = Figure(figsize=(6, 5))
    axes = figure.add_subplot()
    colours = ListedColormap(colormaps["tab10"].colors)
    norm = BoundaryNorm(np.arange(-0.5, 10), 10)
    dots = axes.scatter(points[:, 0], points[:, 1], c=labels, cmap=colours, norm=norm, s=25)
    bar = figure.colorbar(dots, ax=axes, ticks=range(10))
    bar.set_label("digit")
    axes.set_title(title)
    return figure
