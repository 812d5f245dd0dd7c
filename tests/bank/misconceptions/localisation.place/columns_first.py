"""Columns come before rows; a row of the result is (row, column).

Loses: localisation.place.window, localisation.place.pixels
"""

import torch


def locate(scores, target, stride):
    best = scores[:, target].flatten(start_dim=1).argmax(dim=1)
    columns = scores.shape[3]
    return stride * torch.stack([best % columns, best // columns], dim=1)
