import torch
from torch import nn


def vanilla_backprop(model: nn.Module, images: torch.Tensor, target=None) -> torch.Tensor:
    # only these behave differently when they train
    training = [m for m in model.modules() if m.training and isinstance(m, (nn.Dropout, nn.BatchNorm2d))]
    for m in training:
        m.eval()
    x = images.detach().clone().requires_grad_(True)
    scores = model(x.clone())
    if target is None:
        target = scores.argmax(dim=1)
    elif isinstance(target, int):
        target = torch.full((len(x),), target)
    score = scores.gather(1, target.long()[:, None]).sum()
    (gradient,) = torch.autograd.grad(score, x)
    for m in training:
        m.train()
    return gradient
