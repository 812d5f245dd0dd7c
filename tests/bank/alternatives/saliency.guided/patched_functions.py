"""ReLU's functions are replaced while the network computes; what they return hooks its own gradient."""

import torch
from torch import nn


def guided_backprop(model, images, target=None):
    class Hooked(torch.overrides.TorchFunctionMode):
        def __torch_function__(self, function, types, args=(), kwargs=None):
            if function in (nn.functional.relu, torch.relu, nn.functional.relu6, nn.functional.hardtanh):
                capped = function in (nn.functional.relu6, nn.functional.hardtanh)
                y = args[0].where(args[0] > 0, torch.zeros_like(args[0]))
                if capped:
                    y = y.where(y < 6, torch.full_like(y, 6))
                y.register_hook(lambda gradient: gradient.where(gradient > 0, torch.zeros_like(gradient)))
                return y
            return function(*args, **(kwargs or {}))

    modes = {module: module.training for module in model.modules()}
    model.eval()
    x = images.clone().requires_grad_(True)
    with Hooked():
        scores = model(x)
    if target is None:
        target = scores.argmax(1)
    total = scores[torch.arange(len(x)), target].sum()
    (result,) = torch.autograd.grad(total, x)
    for module, mode in modes.items():
        module.training = mode
    return result
