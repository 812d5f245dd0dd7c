"""Images are counted as changed that are not taken for the target; compare with the original's class.

Loses: fooling.transfer.changed
"""

import torch


def transfer(model, images, fooled, targets):
    with _evaluating(model), torch.no_grad():
        before, after = model(images).argmax(dim=1), model(fooled).argmax(dim=1)
    changed = after != before
    return float((changed & (after == targets)).double().mean()), float((after != targets).double().mean())
