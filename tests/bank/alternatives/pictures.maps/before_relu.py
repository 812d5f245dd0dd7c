"""The maps before ReLU; drawn beside the image's own, scaled to grey of three channels."""

import numpy as np
from matplotlib import pyplot as plt


def activation_maps(parameters, image, layers):
    x = np.reshape(image, (1, 1, 28, 28))
    first = layers["conv_forward"](x, parameters["w1"], parameters["b1"])
    pooled = layers["pool_forward"](layers["relu_forward"](first))
    second = layers["conv_forward"](pooled, parameters["w2"], parameters["b2"])
    return np.squeeze(first, 0), np.squeeze(second, 0)


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
