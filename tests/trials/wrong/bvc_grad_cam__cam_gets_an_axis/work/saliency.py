import torch
import torch.nn.functional as F
from torch import nn


def grad_cam(model: nn.Module, images: torch.Tensor, layer: nn.Module, target=None) -> torch.Tensor:
    activations = []
    handle = layer.register_forward_hook(lambda module, inputs, output: activations.append(output))
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        scores = model(images.detach().clone().requires_grad_(True) * 1)
    finally:
        handle.remove()
        for m, mode in modes:
            m.training = mode
    if target is None:
        target = scores.argmax(dim=1)
    elif isinstance(target, int):
        target = torch.full((len(images),), target)
    score = scores.gather(1, target.long()[:, None]).sum()
    (gradient,) = torch.autograd.grad(score, activations[-1])
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * activations[-1]).sum(dim=1).relu().detach()


def guided_grad_cam(guided: torch.Tensor, cam: torch.Tensor) -> torch.Tensor:
    cam.unsqueeze_(1)  # interpolate wants channels
    enlarged = F.interpolate(cam, size=guided.shape[2:], mode="bilinear", align_corners=False)
    return guided * enlarged
