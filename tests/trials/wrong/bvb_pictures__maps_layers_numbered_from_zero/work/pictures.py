import numpy as np
from matplotlib.figure import Figure


def draw_maps(first, second):
    fig = Figure(figsize=(8, 4))
    grid = fig.subplots(2, 4)
    for i, maps in enumerate([first, second]):
        for ax, m, letter in zip(grid[i], maps, "abcd"):
            ax.imshow(m, cmap="gray")
            ax.set_title(f"layer {i} {letter}")
            ax.axis("off")
    return fig
