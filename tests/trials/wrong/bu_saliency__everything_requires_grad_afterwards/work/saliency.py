"""What a network looks at."""
import torch
from torch.utils._python_dispatch import TorchDispatchMode

aten = torch.ops.aten


class GuideTheBackward(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        out = func(*args, **(kwargs or {}))
        if func in (aten.threshold_backward.default, aten.hardtanh_backward.default):
            out = out.clamp_min(0)
        return out


class frozen_modes:
    def __init__(self, model):
        self.model = model

    def __enter__(self):
        self.training = {m for m in self.model.modules() if m.training}
        self.model.eval()
        self.model.requires_grad_(False)

    def __exit__(self, *exc):
        for m in self.model.modules():
            m.training = m in self.training
        self.model.requires_grad_(True)


def classes_of(scores, target):
    if target is None:
        return scores.argmax(1)
    if torch.is_tensor(target):
        return target.reshape(-1).long() if target.dim() else target.expand(len(scores)).long()
    return torch.tensor([target] * len(scores))


def _gradient(model, images, target, backward_mode=None):
    with frozen_modes(model), torch.enable_grad():
        pixels = images.detach().clone()
        pixels.requires_grad = True
        scores = model(pixels.clone())
        chosen = scores[torch.arange(len(scores)), classes_of(scores.detach(), target)]
        if backward_mode is None:
            g = torch.autograd.grad(chosen, pixels, torch.ones_like(chosen))
        else:
            with backward_mode:
                g = torch.autograd.grad(chosen, pixels, torch.ones_like(chosen))
    return g[0]


def vanilla_backprop(model, images, target=None):
    return _gradient(model, images, target)


def guided_backprop(model, images, target=None):
    return _gradient(model, images, target, GuideTheBackward())
