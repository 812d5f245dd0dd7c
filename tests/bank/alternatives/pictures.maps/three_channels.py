"""Three maps of each layer, scaled to grey of three channels."""

import numpy as np
from matplotlib import pyplot as plt


def draw_maps(first, second):
    fig = plt.figure()
    for k in range(6):
        number, index = divmod(k, 3)
        values = (first, second)[number][index]
        grey = (values - values.min()) / (values.max() - values.min())
        ax = fig.add_subplot(2, 3, k + 1)
        ax.imshow(np.stack([grey] * 3, axis=-1))
        ax.set_title("Conv%d: %s slice" % (number + 1, ("first", "second", "third")[index]))
    return fig
