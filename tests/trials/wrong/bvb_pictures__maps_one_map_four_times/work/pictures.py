import numpy as np
from matplotlib.figure import Figure


def draw_maps(first, second):
    figure = Figure(figsize=(9, 4.5), layout="constrained")
    for layer, maps in enumerate((first, second)):
        for number in range(len(maps)):
            axes = figure.add_subplot(2, len(maps), layer * len(maps) + number + 1)
            axes.imshow(maps[layer], cmap="viridis")
            axes.set_title(f"layer {layer + 1}, map {'ABCD'[number]}", fontsize=9)
            axes.set_xticks([])
            axes.set_yticks([])
    return figure
