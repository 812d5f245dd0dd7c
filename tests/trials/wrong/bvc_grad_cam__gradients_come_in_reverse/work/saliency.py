import torch
import torch.nn.functional as F
from torch import nn


def grad_cam(model: nn.Module, images: torch.Tensor, layer: nn.Module, target=None) -> torch.Tensor:
    activations, gradients = [], []

    def forward_hook(module, inputs, output):
        activations.append(output.detach())
        output.register_hook(lambda grad: gradients.append(grad))

    handle = layer.register_forward_hook(forward_hook)
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    x = images.detach().clone().requires_grad_(True)
    scores = model(x * 1)
    if target is None:
        target = scores.argmax(dim=1)
    elif isinstance(target, int):
        target = torch.full((len(x),), target)
    torch.autograd.grad(scores.gather(1, target.long()[:, None]).sum(), x)
    handle.remove()
    for m, mode in modes:
        m.training = mode
    A, dA = activations[-1], gradients[-1]
    alpha = dA.mean(dim=(2, 3), keepdim=True)
    return torch.relu((alpha * A).sum(dim=1))


def guided_grad_cam(guided: torch.Tensor, cam: torch.Tensor) -> torch.Tensor:
    enlarged = F.interpolate(cam.unsqueeze(1), size=guided.shape[2:], mode="bilinear", align_corners=False)
    return guided * enlarged
