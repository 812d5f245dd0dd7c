"""Guided backprop, seen from below: the forward pass is left alone, and the rule is applied where PyTorch itself
computes the gradient of a rectifier, in the operations of the backward pass."""
import torch
from torch.utils._python_dispatch import TorchDispatchMode

aten = torch.ops.aten


class GuidedBackward(TorchDispatchMode):
    def __torch_dispatch__(self, operation, types, arguments=(), keywords=None):
        relu = operation is aten.threshold_backward.default and arguments[2] == 0
        relu6 = operation is aten.hardtanh_backward.default and tuple(arguments[2:4]) == (0, 6)
        if relu or relu6:
            gradient, *rest = arguments
            arguments = (gradient.clamp(min=0), *rest)
        return operation(*arguments, **(keywords or {}))


def guided_backprop(model, images, target=None):
    modes = [(module, module.training) for module in model.modules()]
    try:
        model.eval()
        with torch.enable_grad():
            pixels = images.detach().clone().requires_grad_()
            scores = model(pixels.clone())
            classes = scores.argmax(1) if target is None else torch.as_tensor(target).expand(len(images))
            chosen = scores.gather(1, classes.long()[:, None]).sum()
        with GuidedBackward():
            return torch.autograd.grad(chosen, pixels)[0]
    finally:
        for module, mode in modes:
            module.training = mode
