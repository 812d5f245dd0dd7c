"""The enlarged map is normalised too: that is another step.

Loses: saliency.picture.enlarged
"""

from torch.nn import functional


def enlarge(maps, size):
    return normalise(functional.interpolate(maps[:, None], size=size, mode="bilinear")[:, 0])
