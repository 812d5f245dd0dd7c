"""The share of images that keep their class is returned; the others are asked for.

Loses: fooling.transfer.changed
"""

import torch


def transfer(model, images, fooled, targets):
    with _evaluating(model), torch.no_grad():
        before, after = model(images).argmax(dim=1), model(fooled).argmax(dim=1)
    changed = after != before
    return float((changed & (after == targets)).double().mean()), float((~changed).double().mean())
