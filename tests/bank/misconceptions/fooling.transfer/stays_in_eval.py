"""The network stays in evaluation mode; give it back in the mode in which it came.

Loses: fooling.transfer.targeted, fooling.transfer.changed
"""

import torch


def transfer(model, images, fooled, targets):
    model.eval()
    with torch.no_grad():
        before, after = model(images).argmax(dim=1), model(fooled).argmax(dim=1)
    changed = after != before
    return float((changed & (after == targets)).double().mean()), float(changed.double().mean())
