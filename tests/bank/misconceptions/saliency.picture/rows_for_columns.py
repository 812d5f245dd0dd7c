"""Rows and columns of the enlarged map are exchanged: a size is (rows, columns).

Loses: saliency.picture.enlarged, saliency.picture.images
"""

from torch.nn import functional


def enlarge(maps, size):
    return functional.interpolate(maps[:, None], size=(size[1], size[0]), mode="bilinear")[:, 0]
