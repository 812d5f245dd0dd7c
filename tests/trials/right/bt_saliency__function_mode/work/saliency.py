import torch
import torch.nn.functional as F
from torch.overrides import TorchFunctionMode

class GuidedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, top):
        ctx.passes = (x > 0) if top is None else (x > 0) & (x < top)
        return x.clamp(0, top)
    @staticmethod
    def backward(ctx, g):
        return g.clamp(min=0) * ctx.passes, None

RELUS = {torch.relu, torch.relu_, torch.Tensor.relu, torch.Tensor.relu_, F.relu, F.relu_}

class Guide(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        if func in RELUS:
            top = None
        elif func is F.relu6:
            top = 6
        elif func is F.hardtanh and (list(args[1:3]) or [kwargs.get("min_val"), kwargs.get("max_val")])[:2] in ([0, 6], [0.0, 6.0]):
            top = 6
        else:
            return func(*args, **kwargs)
        x = args[0] if args else kwargs["input"]
        inplace = kwargs.get("inplace", False) or getattr(func, "__name__", "").endswith("_")
        at = 1 if func is not F.hardtanh else 3
        inplace = inplace or (len(args) > at and bool(args[at]))
        y = GuidedReLU.apply(x, top)
        return x.copy_(y) if inplace else y

def _call(model, images, target, guide=None, layer=None):
    modes = [(m, m.training) for m in model.modules()]
    kept = {}
    hook = layer.register_forward_hook(lambda m, i, o: kept.update(out=o)) if layer is not None else None
    try:
        model.eval()
        with torch.enable_grad():
            x = images.detach().clone().requires_grad_(True)
            if guide is None:
                scores = model(x + 0)
            else:
                with guide:
                    scores = model(x + 0)
            index = scores.argmax(1) if target is None else torch.as_tensor(target).to(scores.device).expand(scores.shape[0])
            total = scores[range(len(scores)), index].sum()
            by = x if layer is None else kept["out"]
            return torch.autograd.grad(total, by)[0], by.detach()
    finally:
        if hook is not None:
            hook.remove()
        for m, mode in modes:
            m.training = mode

def vanilla_backprop(model, images, target=None):
    return _call(model, images, target)[0]

def guided_backprop(model, images, target=None):
    return _call(model, images, target, guide=Guide())[0]

def grad_cam(model, images, layer, target=None):
    g, a = _call(model, images, target, layer=layer)
    cam = torch.stack([(w[:, None, None] * f).sum(0) for w, f in zip(g.mean((2, 3)), a)])
    return cam.clip(min=0)

def guided_grad_cam(guided, cam):
    return guided * F.interpolate(cam.unsqueeze(1), size=guided.shape[2:], mode="nearest")
