import torch
from torch import nn


def vanilla_backprop(model: nn.Module, images: torch.Tensor, target=None) -> torch.Tensor:
    """One image after the other."""
    was_training = {m: m.training for m in model.modules()}
    model.eval()
    saliency = torch.zeros(images.shape)
    for i, image in enumerate(images):
        x = image.detach().clone()[None].requires_grad_(True)
        scores = model(x.clone())[0]
        if target is None:
            k = scores.argmax()
        elif isinstance(target, int):
            k = target
        else:
            k = int(target[i])
        saliency[i] = torch.autograd.grad(scores[k], x)[0][0]
    for m, mode in was_training.items():
        m.training = mode
    return saliency
