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


class Guided(torch.autograd.Function):
    """A rectifier from 0 to `top` whose gradient is clamped at 0."""

    @staticmethod
    def forward(ctx, x, top):
        ctx.save_for_backward((x > 0) & (x < top))
        return x.clamp(min=0, max=top)

    @staticmethod
    def backward(ctx, g):
        (between,) = ctx.saved_tensors
        return g.clamp(min=0) * between, None


class GuidedRectifiers(torch.overrides.TorchFunctionMode):
    RELU = (torch.relu, torch.Tensor.relu, F.relu)
    RELU_IN_PLACE = (torch.relu_, torch.Tensor.relu_, F.relu_)

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        top = None
        if function in self.RELU or function in self.RELU_IN_PLACE:
            top = float("inf")
        elif function is F.relu6:
            top = 6.0
        elif function is F.hardtanh and tuple(args[1:3]) == (0.0, 6.0):
            top, args = 6.0, args[:1] + tuple(args[3:])
        if top is None:
            return function(*args, **kwargs)
        x = args[0] if args else kwargs["input"]
        in_place = function in self.RELU_IN_PLACE or kwargs.get("inplace") or (len(args) > 1 and args[1])
        y = Guided.apply(x, top)
        return x.copy_(y) if in_place else y


def set_inplace(rectifiers, value):
    for rectifier in rectifiers:
        rectifier.inplace = value


def guided_backprop(model, images, target=None):
    rectifiers = [module for module in model.modules() if isinstance(module, (torch.nn.ReLU, torch.nn.ReLU6))]
    in_place = any(rectifier.inplace for rectifier in rectifiers)
    set_inplace(rectifiers, False)
    try:
        with evaluation(model):
            pixels = images.detach().clone().requires_grad_()
            with GuidedRectifiers():
                scores = model(pixels.clone())
            return torch.autograd.grad(score_of(scores, target), pixels)[0]
    finally:
        set_inplace(rectifiers, in_place)
