"""The titles name the other layer.

Loses: pictures.maps.images
"""

from matplotlib import pyplot as plt


def draw_maps(first, second):
    figure, rows = plt.subplots(2, 2)
    for number, maps, row in zip((2, 1), (first, second), rows):
        for index in (0, 1):
            row[index].imshow(maps[index])
            row[index].set_title(f"layer {number}, channel {index}")
    return figure
