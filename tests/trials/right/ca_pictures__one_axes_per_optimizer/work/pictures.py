from __future__ import annotations
import itertools, json
from contextlib import contextmanager
import numpy as np
import matplotlib
matplotlib.use("agg")
from matplotlib import pyplot as plt
from matplotlib.lines import Line2D


@contextmanager
def _figure(*args, **kw):
    """a figure that pyplot forgets again"""
    fig, axes = plt.subplots(*args, squeeze=False, constrained_layout=True, **kw)
    try:
        yield fig, axes
    finally:
        plt.close(fig)


def draw_errors(record: str):
    rows = [json.loads(line) for line in record.splitlines() if line]
    names = list(dict.fromkeys(row["optimizer"] for row in rows))
    with _figure(1, len(names), sharey=True, figsize=(4 * len(names), 3)) as (fig, axes):
        for name, ax in zip(names, axes.flat):
            own = [row for row in rows if row["optimizer"] == name]
            x = [row["epoch"] for row in own]
            for part, style in zip(("train", "test"), ("-", ":")):
                # share of wrong answers
                ax.plot(x, [1 - row[f"{part}_accuracy"] for row in own], style, label=f"{part}ing error" if part == "train" else "test error")
            ax.set(title=name, xlabel="epoch", ylabel="1 - accuracy")
            ax.legend()
    return fig


def draw_maps(first, second):
    both = list(enumerate((first, second), 1))
    low, high = min(m.min() for _, m in both), max(m.max() for _, m in both)
    with _figure(2, 4, figsize=(9, 5)) as (fig, axes):
        for (number, maps), row in zip(both, axes):
            for letter, one, ax in zip(itertools.count(), maps, row):
                ax.imshow(one.copy(), cmap="viridis", vmin=low, vmax=high, interpolation="nearest")
                ax.set_title(f"layer {number}, map {'abcd'[letter]}")
                ax.set_axis_off()
    return fig


def draw_embedding(points, labels, title):
    with _figure(figsize=(5, 5)) as (fig, [[ax]]):
        colour = plt.get_cmap("tab10")
        ax.scatter(points[:, 0], points[:, 1], c=[colour(int(d)) for d in labels], s=18)
        ax.legend(handles=[Line2D([], [], ls="", marker="o", color=colour(d), label=str(d)) for d in range(10)], title="digit")
        ax.set_title(title)
    return fig
