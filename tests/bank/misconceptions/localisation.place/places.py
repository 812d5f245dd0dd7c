"""These are places on the map; a step there is `stride` pixels of the image.

Loses: localisation.place.pixels
"""

import torch


def locate(scores, target, stride):
    best = scores[:, target].flatten(start_dim=1).argmax(dim=1)
    columns = scores.shape[3]
    return torch.stack([best // columns, best % columns], dim=1)
