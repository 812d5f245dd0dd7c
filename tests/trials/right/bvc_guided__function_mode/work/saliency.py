import torch
import torch.nn.functional as F
from torch import nn
from torch.overrides import TorchFunctionMode


class Gate(torch.autograd.Function):
    """A rectifier which lets pass on the way back what is positive, where its input was between the ends."""

    @staticmethod
    def forward(ctx, x, top):
        ctx.save_for_backward((x > 0) & (x < top))
        return x.clamp(0, top)

    @staticmethod
    def backward(ctx, g):
        (open_,) = ctx.saved_tensors
        return torch.where(open_, g, 0.0).clamp_min(0), None


class GuidedRectifiers(TorchFunctionMode):
    INFINITE = float("inf")
    PLAIN = (torch.relu, F.relu, torch.Tensor.relu)
    CHANGING = (torch.relu_, F.relu_, torch.Tensor.relu_)

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        if func in self.PLAIN or func in self.CHANGING or func is F.relu6:
            x = args[0] if args else kwargs["input"]
            inplace = func in self.CHANGING or kwargs.get("inplace", len(args) > 1 and args[1])
            return self.rectified(x, 6.0 if func is F.relu6 else self.INFINITE, inplace)
        if func in (F.hardtanh, F.hardtanh_):
            names = ("input", "min_val", "max_val", "inplace")
            given = {"min_val": -1.0, "max_val": 1.0, "inplace": func is F.hardtanh_, **dict(zip(names, args)), **kwargs}
            if given["min_val"] == 0 and given["max_val"] == 6:
                return self.rectified(given["input"], 6.0, given["inplace"])
        return func(*args, **kwargs)

    @staticmethod
    def rectified(x, top, inplace):
        y = Gate.apply(x, top)
        return x.copy_(y) if inplace else y


def guided_backprop(model: nn.Module, images: torch.Tensor, target=None) -> torch.Tensor:
    training = [m for m in model.modules() if m.training]
    pixels = images.detach().clone().requires_grad_()
    try:
        for m in training:
            m.training = False
        with torch.enable_grad():
            with GuidedRectifiers():
                scores = model(pixels.clone())
            if target is None:
                target = scores.argmax(dim=1)
            elif isinstance(target, int):
                target = torch.tensor([target] * len(scores))
            score = scores.gather(1, target.long().reshape(-1, 1))
            return torch.autograd.grad(score, pixels, grad_outputs=torch.ones_like(score))[0]
    finally:
        for m in training:
            m.training = True
