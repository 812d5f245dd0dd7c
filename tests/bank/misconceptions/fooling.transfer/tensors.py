"""The shares are tensors; plain numbers are asked for, such as `.item()` makes of them.

Loses: fooling.transfer.targeted, fooling.transfer.changed
"""

import copy

import torch


def transfer(model, images, fooled, targets):
    with torch.no_grad():
        twin = copy.deepcopy(model).eval()
        before, after = twin(images).argmax(dim=1), twin(fooled).argmax(dim=1)
    changed = before != after
    return (changed & (after == targets)).double().mean(), changed.double().mean()
