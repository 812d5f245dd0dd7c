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


NAMES = {torch.relu, torch.relu_, torch.Tensor.relu, torch.Tensor.relu_, nn.functional.relu, nn.functional.relu_,
         torch.ops.aten.relu.default}


class Guided(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, top):
        ctx.save_for_backward(x > 0)
        return x.clamp(0, top)

    @staticmethod
    def backward(ctx, g):
        (inside,) = ctx.saved_tensors
        return g.clamp(min=0) * inside, None


class Mode(torch.overrides.TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if func in NAMES:
            x = args[0] if args else kwargs["input"]
            return self.rectified(x, float("inf"), kwargs.get("inplace", False) or len(args) > 1 and args[1] or func.__name__.endswith("_"))
        if func is nn.functional.relu6:
            x = args[0] if args else kwargs["input"]
            return self.rectified(x, 6.0, kwargs.get("inplace", False) or len(args) > 1 and args[1])
        if func is nn.functional.hardtanh:
            bound = dict(zip(("input", "min_val", "max_val", "inplace"), args)) | kwargs
            if (bound.get("min_val", -1.0), bound.get("max_val", 1.0)) == (0.0, 6.0):
                return self.rectified(bound["input"], 6.0, bound.get("inplace", False))
        return func(*args, **kwargs)

    def rectified(self, x, top, in_place):
        y = Guided.apply(x, top)
        return x.copy_(y) if in_place else y


def guided_backprop(model, images, target=None):
    x = images.detach().clone().requires_grad_()
    with evaluation(model):
        with Mode():
            scores = model(x)
        return torch.autograd.grad(chosen(scores, target), x)[0]
