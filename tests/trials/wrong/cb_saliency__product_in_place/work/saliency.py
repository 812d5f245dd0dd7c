import contextlib

import torch
from torch import nn


@contextlib.contextmanager
def evaluation(model):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    try:
        with torch.enable_grad():
            yield
    finally:
        for m, mode in modes.items():
            m.training = mode


def classes_of(scores, target):
    if target is None:
        return scores.detach().argmax(dim=1)
    if isinstance(target, torch.Tensor):
        return target.long().reshape(-1).expand(len(scores))
    return torch.full((len(scores),), int(target), dtype=torch.long)


def chosen(scores, target):
    return scores.gather(1, classes_of(scores, target)[:, None]).sum()


def grad_cam(model, images, layer, target=None):
    seen = []

    def keep(module, args, output):
        if not output.requires_grad:
            output = output.detach().requires_grad_()
        seen.append(output)
        return output

    x = images.detach().clone().requires_grad_()
    handle = layer.register_forward_hook(keep)
    try:
        with evaluation(model):
            score = chosen(model(x), target)
            (slope,) = torch.autograd.grad(score, seen[-1])
    finally:
        handle.remove()
    weight = slope.mean(dim=(2, 3), keepdim=True)
    return (weight * seen[-1].detach()).sum(dim=1).relu()


def guided_grad_cam(guided, cam):
    large = nn.functional.interpolate(cam[:, None], size=guided.shape[-2:], mode="bilinear", align_corners=False)
    guided *= large
    return guided
