
from matplotlib import pyplot as plt
from matplotlib.lines import Line2D

from .table import Table


def draw_weight_decay(record):
    rows = Table(record).rows
    figure, column = plt.subplots(2, 1, sharex=True, figsize=(6, 8))
    for axes, name in zip(column, ["accuracy", "loss"]):
        handles = [
            axes.add_line(Line2D(rows["weight_decay"], rows[f"{part}_{name}"], color=colour, marker=".", label=part))
            for part, colour in (("train", "black"), ("test", "tab:red"))
        ]
        axes.autoscale_view()
        axes.legend(handles=handles)
        axes.set(title=f"The {name} by weight decay", xlabel="λ", ylabel=f"{name} after the last epoch")
    return figure
