import torch
import torch.nn.functional as F
from torch.overrides import TorchFunctionMode


class GuidedRectifier(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, top, inplace):
        inside = (x > 0) if top is None else ((x > 0) & (x < top))
        ctx.save_for_backward(inside)
        if inplace:
            ctx.mark_dirty(x)
            return x.clamp_(0, top)
        return x.clamp(0, top)

    @staticmethod
    def backward(ctx, g):
        (inside,) = ctx.saved_tensors
        return torch.where(inside, g.clamp(min=0), torch.zeros_like(g)), None, None


OUT = {torch.relu, torch.Tensor.relu, F.relu}
IN_PLACE = {torch.relu_, torch.Tensor.relu_, F.relu_}
SIX = {F.relu6}


def as_rectifier(func, args, kwargs):
    """(x, top, in place) of a call that is a rectifier, else None. nn.ReLU6 calls hardtanh from 0 to 6."""
    x = args[0] if args else kwargs.get("input")
    if func is F.hardtanh:
        low, high, inplace = [*args[1:], *(kwargs.get(n, d) for n, d in list(HARDTANH.items())[len(args) - 1:])] if args else [kwargs.get(n, d) for n, d in HARDTANH.items()]
        return (x, 6.0, inplace) if (low, high) == (0, 6) else None
    if func in IN_PLACE:
        return x, None, True
    if func in OUT or func in SIX:
        return x, 6.0 if func in SIX else None, kwargs.get("inplace", args[1] if len(args) > 1 else False)
    return None


HARDTANH = {"min_val": -1.0, "max_val": 1.0, "inplace": False}


class Guided(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        rectifier = as_rectifier(func, args, kwargs)
        if rectifier is not None:
            return GuidedRectifier.apply(*rectifier)
        return func(*args, **kwargs)


def guided_backprop(model, images, target=None):
    training = [(m, m.training) for m in model.modules()]
    for m, _ in training:
        m.training = False
    try:
        with torch.enable_grad():
            x = images.detach().clone().requires_grad_()
            with Guided():
                scores = model(x.clone())
            n = torch.arange(scores.shape[0], device=scores.device)
            k = scores.argmax(1) if target is None else target
            out = torch.autograd.grad(scores[n, k].sum(), x)[0]
    finally:
        for m, mode in training:
            m.training = mode
    return out
