"""These are numbers with a point; pixels are counted by an integer tensor.

Loses: localisation.place.pixels
"""

import torch


def locate(scores, target, stride):
    columns = scores.shape[3]
    best = scores[:, target].flatten(1).argmax(dim=1)
    places = torch.stack([best // columns, best % columns], dim=1)
    return places * stride if stride == 1 else places * float(stride)
