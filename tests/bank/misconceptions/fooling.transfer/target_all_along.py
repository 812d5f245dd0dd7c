"""Some are counted that the network took for the target all along; compare with the originals.

Loses: fooling.transfer.targeted
"""

import torch


def transfer(model, images, fooled, targets):
    with _evaluating(model), torch.no_grad():
        before, after = model(images).argmax(dim=1), model(fooled).argmax(dim=1)
    changed = after != before
    return float((after == targets).double().mean()), float(changed.double().mean())
