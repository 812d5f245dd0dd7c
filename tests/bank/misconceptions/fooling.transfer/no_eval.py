"""The network computes as in training; switch it to evaluation, or its answers depend on the batch.

Loses: fooling.transfer.targeted, fooling.transfer.changed
"""

import torch


def transfer(model, images, fooled, targets):
    with torch.no_grad():
        before, after = model(images).argmax(dim=1), model(fooled).argmax(dim=1)
    changed = after != before
    return float((changed & (after == targets)).double().mean()), float(changed.double().mean())
