"""All maps of a layer are one image. Draw each map as an image of its own.

Loses: pictures.maps.images
"""

import numpy as np
from matplotlib import pyplot as plt


def draw_maps(first, second):
    figure, rows = plt.subplots(2, 2)
    for number, maps, row in zip((1, 2), (first, second), rows):
        row[0].imshow(np.concatenate(list(maps), axis=1))
        row[0].set_title(f"layer {number}")
    return figure
