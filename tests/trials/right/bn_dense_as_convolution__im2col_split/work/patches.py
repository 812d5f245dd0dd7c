import numpy as np


class Patches:
    """All parts of an image, as the columns of a matrix."""

    def __init__(self, image, height, width):
        self.channels, rows, columns = image.shape
        self.places = rows - height + 1, columns - width + 1
        r = np.arange(self.places[0])[:, None] + np.arange(height)
        c = np.arange(self.places[1])[:, None] + np.arange(width)
        # channel, place row, place column, i, j
        cut = image[:, r[:, None, :, None], c[None, :, None, :]]
        self.columns = cut.transpose(0, 3, 4, 1, 2).reshape(self.channels * height * width, -1)

    def shaped(self, result):
        return result.reshape(-1, *self.places)
