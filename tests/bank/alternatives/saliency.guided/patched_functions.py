"""ReLU's functions are replaced while the network computes; what they return hooks its own gradient."""

import torch
from torch import nn


def guided_backprop(model, images, target=None):
    class Hooked(torch.overrides.TorchFunctionMode):
        def __torch_function__(self, function, types, args=(), kwargs=None):
            if function in (nn.functional.relu, torch.relu, nn.functional.relu6, nn.functional.hardtanh):
                capped = function in (nn.functional.relu6, nn.functional.hardtanh)
                y = torch.clamp(args[0], 0, 6 if capped else None)
                y.register_hook(lambda gradient: gradient.where(gradient > 0, torch.zeros_like(gradient)))
                return y
            return function(*args, **(kwargs or {}))

    training = model.training
    model.eval()
    x = images.clone().requires_grad_(True)
    with Hooked():
        scores = model(x)
    if target is None:
        target = scores.argmax(1)
    total = scores[torch.arange(len(x)), target].sum()
    (result,) = torch.autograd.grad(total, x)
    model.train(training)
    return result
