"""The targets are counted among those that changed; both are shares of all images.

Loses: fooling.transfer.targeted
"""

import torch


def transfer(model, images, fooled, targets):
    with _evaluating(model), torch.no_grad():
        before, after = model(images).argmax(dim=1), model(fooled).argmax(dim=1)
    changed = after != before
    return float((after == targets)[changed].double().mean()), float(changed.double().mean())
