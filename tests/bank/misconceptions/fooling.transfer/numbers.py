"""The numbers of images are returned; divide them by that of all images.

Loses: fooling.transfer.targeted, fooling.transfer.changed
"""

import torch


def transfer(model, images, fooled, targets):
    with _evaluating(model), torch.no_grad():
        before, after = model(images).argmax(dim=1), model(fooled).argmax(dim=1)
    changed = after != before
    return float((changed & (after == targets)).double().sum()), float(changed.double().sum())
