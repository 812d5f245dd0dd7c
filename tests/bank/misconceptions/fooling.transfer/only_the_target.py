"""Only those taken for the target are counted as changed; any other class than the original's counts.

Loses: fooling.transfer.changed
"""

import torch


def transfer(model, images, fooled, targets):
    with _evaluating(model), torch.no_grad():
        before, after = model(images).argmax(dim=1), model(fooled).argmax(dim=1)
    changed = after != before
    return float((changed & (after == targets)).double().mean()), float((changed & (after == targets)).double().mean())
