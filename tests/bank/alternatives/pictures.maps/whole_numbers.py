"""Shades as whole numbers from 0 to 255, drawn by pcolormesh."""

import numpy as np
from matplotlib import pyplot as plt


def draw_maps(first, second):
    figure, axes = plt.subplots(2, 2)
    for column, maps in enumerate((first, second)):
        for row, values in enumerate(maps[2:]):
            shades = 255 * (values - values.min()) / np.ptp(values)
            axes[row, column].pcolormesh(shades.astype(np.uint8))
            axes[row, column].set_title(f"L{column + 1} " + "cd"[row])
    return figure
