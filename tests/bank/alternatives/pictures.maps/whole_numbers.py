"""Maps in single precision, drawn as whole numbers from 0 to 255 by pcolormesh."""

import numpy as np
from matplotlib import pyplot as plt


def activation_maps(parameters, image, layers):
    maps, x = [], np.asarray(image, dtype=np.float32)[np.newaxis, np.newaxis]
    for number in (1, 2):
        out = layers["conv_forward"](x, parameters[f"w{number}"], parameters[f"b{number}"])
        maps.append(np.maximum(out, 0).astype(np.float32)[0])
        x = layers["pool_forward"](maps[-1][None])
    return maps


def draw_maps(first, second):
    figure, axes = plt.subplots(4, 2)
    for column, maps in enumerate((first, second)):
        for row, values in enumerate(maps):
            shades = 255 * (values - values.min()) / np.ptp(values)
            axes[row, column].pcolormesh(shades.astype(np.uint8))
            axes[row, column].set_title(f"L{column + 1} " + "abcd"[row])
    return figure
