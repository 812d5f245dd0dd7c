import numpy as np
from matplotlib.figure import Figure


def draw_maps(first, second):
    figure = Figure(figsize=(8, 4))
    grid = figure.subplots(2, 4)
    for row, (layer, maps) in enumerate(((1, first), (2, second))):
        for column in range(4):
            axes = grid[row, column]
            axes.imshow(maps[column] if layer == 1 else second[row - 1], cmap="viridis")
            axes.set_title(f"layer {layer}, map {'abcd'[column]}")
            axes.axis("off")
    return figure
