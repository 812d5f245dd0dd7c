import json
from collections import defaultdict

import numpy as np
from matplotlib.figure import Figure
from matplotlib.colors import BoundaryNorm, ListedColormap
import matplotlib


def runs_of(record):
    runs = defaultdict(list)
    for line in record.splitlines():
        if line.strip():
            entry = json.loads(line)
            runs[entry["optimizer"]].append(entry)
    return runs


def draw_errors(record):
    runs = runs_of(record)
    figure = Figure(figsize=(4 * len(runs), 3.6), layout="constrained")
    for axes, (name, entries) in zip(figure.subplots(1, len(runs), squeeze=False).flat, runs.items()):
        epochs = [e["epoch"] for e in entries]
        for part, style in (("train", "o-"), ("test", "s--")):
            axes.plot(epochs, [1 - e[part + "_accuracy"] for e in entries], style, label=f"{part} error")
        axes.set(title=name, xlabel="epoch", ylabel="1 − accuracy")
        axes.legend()
    return figure


def draw_maps(first, second):
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    grid = figure.subplots(2, 4)
    for number, maps in ((1, first), (2, second)):
        for k in range(4):
            axes = grid[number - 1, k]
            axes.imshow(maps[k], cmap="magma")
            axes.set_title(f"layer {number}, map {'abcd'[k]}")
            axes.set_axis_off()
    return figure


def draw_embedding(points, labels, title):
    figure = Figure(figsize=(5.5, 5))
    axes = figure.add_subplot(111)
    colours = ListedColormap(matplotlib.colormaps["tab10"].colors)
    cloud = axes.scatter(points[:, 0], points[:, 1], c=labels, cmap=colours, norm=BoundaryNorm(np.arange(11) - 0.5, 10))
    axes.set_title(title)
    return figure
