import contextlib

import torch
from torch import nn


@contextlib.contextmanager
def evaluating(model: nn.Module):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield model
    finally:
        for module, mode in modes:
            module.training = mode


def saliency_maps(model: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    pixels = images.detach().clone().requires_grad_(True)
    with evaluating(model), torch.enable_grad():
        scores = model(pixels)
        chosen = scores.gather(1, labels.long().unsqueeze(1))
        (slopes,) = torch.autograd.grad(chosen.sum(), pixels)
    return slopes.abs().amax(dim=1)
