import torch
import torch.nn.functional as F
from torch import nn
from torch.overrides import TorchFunctionMode


def positive(g):
    return g.clamp(min=0)


class GuidedMode(TorchFunctionMode):
    RELUS = (torch.relu, torch.relu_, F.relu, F.relu_, torch.Tensor.relu, torch.Tensor.relu_)

    @staticmethod
    def clamp_gradient_of(x):
        # behind the ReLU, on the way back, only what is positive goes on
        if x.requires_grad:
            x.register_hook(positive)

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if func in self.RELUS:
            self.clamp_gradient_of(args[0] if args else kwargs["input"])
        if func is F.relu6 or (func is F.hardtanh and (kwargs.get("min_val"), kwargs.get("max_val")) == (0.0, 6.0)):
            self.clamp_gradient_of(args[0] if args else kwargs["input"])
        return func(*args, **kwargs)


def guided_backprop(model: nn.Module, images: torch.Tensor, target=None) -> torch.Tensor:
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    x = images.detach().clone().requires_grad_(True)
    try:
        with GuidedMode():
            scores = model(x.clone())
        if target is None:
            target = scores.argmax(dim=1)
        elif isinstance(target, int):
            target = torch.full((len(x),), target)
        score = scores.gather(1, target.long()[:, None]).sum()
        return torch.autograd.grad(score, x)[0]
    finally:
        for m, mode in modes:
            m.training = mode
