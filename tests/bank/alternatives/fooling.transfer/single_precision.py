"""Shares from both batches in one, in single precision, in a list."""

import copy

import torch


def transfer(model, images, fooled, targets):
    classes = copy.deepcopy(model).eval()(torch.cat([images, fooled])).max(1)[1]
    before, after = classes.chunk(2)
    targeted = ((after == targets) & (before != targets)).float().mean()
    return [targeted.item(), (after != before).float().mean().item()]
