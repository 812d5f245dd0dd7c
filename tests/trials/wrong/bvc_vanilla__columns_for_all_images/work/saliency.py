import torch
from torch import nn


def vanilla_backprop(model: nn.Module, images: torch.Tensor, target=None) -> torch.Tensor:
    states = {m: m.training for m in model.modules()}
    model.eval()
    pixels = images.detach().clone().requires_grad_(True)
    scores = model(pixels.clone())
    if target is None:
        score = scores.max(dim=1).values
    else:
        score = scores[:, target]
    gradient = torch.autograd.grad(score.sum(), pixels)[0]
    for m, state in states.items():
        m.training = state
    return gradient
