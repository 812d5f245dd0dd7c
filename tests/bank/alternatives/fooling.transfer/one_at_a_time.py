"""A loop over the images with two counters."""

import torch


def transfer(model, images, fooled, targets):
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    hits = moved = 0
    with torch.no_grad():
        for x, y, target in zip(images, fooled, targets):
            old, new = int(model(x[None]).argmax()), int(model(y[None]).argmax())
            hits += new == int(target) and old != int(target)
            moved += new != old
    for part, training in modes:
        part.training = training
    return hits / len(images), moved / len(images)
