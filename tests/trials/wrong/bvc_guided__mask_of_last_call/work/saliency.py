import torch
import torch.nn.functional as F
from torch import nn
from torch.overrides import TorchFunctionMode


class GuidedReLU(torch.autograd.Function):
    """`where` says where the gradient may pass: a dictionary and the key in it."""

    @staticmethod
    def forward(ctx, x, top, masks, key):
        masks[key] = (x > 0) & (x < top)
        ctx.masks, ctx.key = masks, key
        return x.clamp(0, top)

    @staticmethod
    def backward(ctx, g):
        return g.clamp(min=0) * ctx.masks[ctx.key], None, None, None


class Functions(TorchFunctionMode):
    """ReLU as a function: each call has a key of its own."""

    def __init__(self, masks):
        super().__init__()
        self.masks = masks

    def __torch_function__(self, func, types, args=(), kwargs=None):
        if func in (torch.relu, torch.relu_, F.relu, F.relu_, torch.Tensor.relu, torch.Tensor.relu_, F.relu6):
            x = args[0] if args else kwargs["input"]
            top = 6.0 if func is F.relu6 else float("inf")
            return GuidedReLU.apply(x, top, self.masks, object())
        return func(*args, **(kwargs or {}))


def guided_backprop(model: nn.Module, images: torch.Tensor, target=None) -> torch.Tensor:
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    masks = {}
    rectifiers = [m for m in model.modules() if isinstance(m, (nn.ReLU, nn.ReLU6))]
    for m in rectifiers:
        top = 6.0 if isinstance(m, nn.ReLU6) else float("inf")
        m.forward = lambda x, m=m, top=top: GuidedReLU.apply(x, top, masks, m)
    try:
        x = images.detach().clone().requires_grad_(True)
        with Functions(masks):
            scores = model(x.clone())
        if target is None:
            target = scores.argmax(dim=1)
        elif isinstance(target, int):
            target = torch.full((len(x),), target)
        score = scores.gather(1, target.long()[:, None]).sum()
        return torch.autograd.grad(score, x)[0]
    finally:
        for m in rectifiers:
            del m.forward
        for m, mode in modes:
            m.training = mode
