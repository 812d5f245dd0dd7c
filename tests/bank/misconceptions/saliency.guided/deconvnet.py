"""This is a deconvnet: the gradient must also be 0 where the ReLU's own input was negative.

Loses: saliency.guided.modules, saliency.guided.functions
"""

import torch
from torch import nn


class _Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, end):
        ctx.save_for_backward((x > 0) & (x < end))
        return x.clamp(0, end)

    @staticmethod
    def backward(ctx, gradient):
        return gradient.clamp(min=0), None


class _Rectifiers(torch.overrides.TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        if function in (nn.functional.relu, torch.relu):
            return _Own.apply(args[0], float("inf"))
        if function in (nn.functional.relu6, nn.functional.hardtanh):
            return _Own.apply(args[0], 6.0)
        return function(*args, **(kwargs or {}))


def guided_backprop(model, images, target=None):
    with _evaluating(model), _Rectifiers():
        inputs, score = _scored(model, images, target)
    return torch.autograd.grad(score, inputs)[0]
