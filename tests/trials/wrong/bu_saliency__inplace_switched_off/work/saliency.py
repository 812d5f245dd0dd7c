import contextlib
import torch
from torch import nn
import torch.nn.functional as F


@contextlib.contextmanager
def evaluating(model):
    """Evaluation mode; afterwards each module has its own mode again."""
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        yield model
    finally:
        for m, mode in modes:
            m.training = mode


def pick(scores, target):
    """The score of each image's class."""
    n = scores.shape[0]
    if target is None:
        target = scores.argmax(dim=1)
    elif isinstance(target, int):
        target = torch.full((n,), target, device=scores.device)
    return scores.gather(1, target.long().to(scores.device).view(n, 1)).squeeze(1)


from torch.overrides import TorchFunctionMode


def vanilla_backprop(model, images, target=None):
    x = images.detach().clone().requires_grad_()
    with evaluating(model), torch.enable_grad():
        score = pick(model(x.clone()), target).sum()
        return torch.autograd.grad(score, x)[0]


class Guided(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, top):
        ctx.save_for_backward((x > 0) & (x < top))
        return x.clamp(0, top)

    @staticmethod
    def backward(ctx, g):
        passes, = ctx.saved_tensors
        return g.clamp(min=0) * passes, None


ENDLESS = {torch.relu, torch.relu_, F.relu, F.relu_, torch.Tensor.relu, torch.Tensor.relu_}
SIX = {F.relu6}


class GuidedMode(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if func in ENDLESS or func in SIX:
            x = args[0] if args else kwargs["input"]
            out = Guided.apply(x, 6.0 if func in SIX else float("inf"))
            inplace = func in (torch.relu_, F.relu_, torch.Tensor.relu_) or kwargs.get("inplace", False) or (len(args) > 1 and args[1])
            if inplace:
                # what stands in x from now on is the result
                return x.copy_(out) if not (x.is_leaf and x.requires_grad) else out
            return out
        if func is F.hardtanh:
            given = dict(zip(("input", "min_val", "max_val", "inplace"), args)) | kwargs
            if (given.get("min_val", -1.0), given.get("max_val", 1.0)) == (0.0, 6.0):     # nn.ReLU6
                out = Guided.apply(given["input"], 6.0)
                return given["input"].copy_(out) if given.get("inplace", False) else out
        return func(*args, **kwargs)


def guided_backprop(model, images, target=None):
    x = images.detach().clone().requires_grad_()
    for m in model.modules():
        if hasattr(m, 'inplace'):
            m.inplace = False
    with evaluating(model), torch.enable_grad(), GuidedMode():
        score = pick(model(x.clone()), target).sum()
    return torch.autograd.grad(score, x)[0]


@contextlib.contextmanager
def listening(layer):
    heard = []
    handle = layer.register_forward_hook(lambda module, args, out: heard.append(out))
    try:
        yield heard
    finally:
        handle.remove()


def class_activation_map(model, images, layer, fc, target=None):
    with torch.no_grad(), evaluating(model), listening(layer) as heard:
        scores = model(images)
        maps = heard[-1].clone()
        if target is None:
            target = scores.argmax(1)
        elif isinstance(target, int):
            target = torch.full((len(images),), target)
        return torch.einsum("nk,nkhw->nhw", fc.weight[target.to(fc.weight.device).long()], maps)


def grad_cam(model, images, layer, target=None):
    x = images.detach().clone().requires_grad_()
    with evaluating(model), torch.enable_grad(), listening(layer) as heard:
        score = pick(model(x.clone()), target).sum()
        maps = heard[-1]
        gradient, = torch.autograd.grad(score, maps, allow_unused=True)
    if gradient is None:
        gradient = torch.zeros_like(maps)
    weights = gradient.mean((2, 3), keepdim=True)
    return F.relu((weights * maps).sum(1)).detach()


def guided_grad_cam(guided, cam):
    big = F.interpolate(cam[:, None], size=guided.shape[-2:], mode="bilinear", align_corners=False)
    return guided * big
