"""The map is set into a frame of zeros: it is to cover the whole image.

Loses: saliency.picture.enlarged
"""

from torch.nn import functional


def enlarge(maps, size):
    rows, columns = size[0] - maps.shape[1], size[1] - maps.shape[2]
    return functional.pad(maps, (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2))
