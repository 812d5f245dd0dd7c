from contextlib import contextmanager

import torch
import torch.nn.functional as F


@contextmanager
def evaluation(model):
    """Put all modules into evaluation mode, and each back into its own."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.enable_grad():
            yield
    finally:
        for module, mode in modes:
            module.training = mode


def classes_of(scores, target):
    if target is None:
        return scores.argmax(dim=1)
    if isinstance(target, int):
        return torch.full((len(scores),), target)
    return target.long()


def score_of(scores, target):
    return scores.gather(1, classes_of(scores, target)[:, None]).sum()


def grad_cam(model, images, layer, target=None):
    maps = []
    for some in images.split(8):  # as many as fit into memory
        wanted = target[: len(some)] if torch.is_tensor(target) else target
        maps.append(grad_cam_of_some(model, some, layer, wanted))
    return torch.cat(maps)


def grad_cam_of_some(model, images, layer, target):
    outputs = []
    handle = layer.register_forward_hook(lambda module, given, output: outputs.append(output))
    try:
        with evaluation(model):
            scores = model(images.detach().clone().requires_grad_().clone())
            (gradient,) = torch.autograd.grad(score_of(scores, target), outputs[-1])
    finally:
        handle.remove()
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1].detach()).sum(dim=1).relu()


def guided_grad_cam(guided, cam):
    return guided * F.interpolate(cam[:, None], size=guided.shape[2:], mode="bilinear", align_corners=False)
