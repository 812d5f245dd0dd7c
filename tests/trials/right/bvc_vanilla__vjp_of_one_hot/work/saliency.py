"""Vanilla backprop as a vector-Jacobian product."""
from contextlib import ExitStack

import torch
from torch import nn


def one_hot_rows(scores, target):
    """A matrix with a single 1 in each row: at the class that is meant."""
    n, k = scores.shape
    if target is None:
        classes = scores.detach().argmax(dim=1)
    else:
        classes = torch.as_tensor(target, device=scores.device).long().expand(n)
    return (torch.arange(k, device=scores.device) == classes[:, None]).to(scores.dtype)


def vanilla_backprop(model: nn.Module, images: torch.Tensor, target=None) -> torch.Tensor:
    with ExitStack() as afterwards, torch.enable_grad():
        for module in model.modules():
            afterwards.callback(setattr, module, "training", module.training)
            module.training = False
        scores, pull_back = torch.func.vjp(lambda x: model(x.clone()), images.detach())
        (gradient,) = pull_back(one_hot_rows(scores, target))
    return gradient.detach()
