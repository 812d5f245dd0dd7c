import torch
from torch import nn


class GuidedFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, top):
        ctx.save_for_backward((x > 0) & (x < top))
        return x.clamp(0, top)

    @staticmethod
    def backward(ctx, g):
        (mask,) = ctx.saved_tensors
        return g.clamp(min=0) * mask, None


class GuidedModule(nn.Module):
    def __init__(self, top):
        super().__init__()
        self.top = top

    def forward(self, x):
        return GuidedFunction.apply(x, self.top)


def guided_backprop(model: nn.Module, images: torch.Tensor, target=None) -> torch.Tensor:
    modes = [(m, m.training) for m in model.modules()]
    replaced = []
    for name, module in list(model.named_modules()):
        if isinstance(module, (nn.ReLU, nn.ReLU6)) and name:
            parent_name, _, child = name.rpartition(".")
            parent = model.get_submodule(parent_name)
            setattr(parent, child, GuidedModule(6.0 if isinstance(module, nn.ReLU6) else float("inf")))
            replaced.append((parent, child, module))
    try:
        model.eval()
        x = images.detach().clone().requires_grad_(True)
        scores = model(x.clone())
        if target is None:
            target = scores.argmax(dim=1)
        elif isinstance(target, int):
            target = torch.full((len(x),), target)
        score = scores.gather(1, target.long()[:, None]).sum()
        return torch.autograd.grad(score, x)[0]
    finally:
        for parent, child, module in replaced:
            setattr(parent, child, module)
        for m, mode in modes:
            m.training = mode
