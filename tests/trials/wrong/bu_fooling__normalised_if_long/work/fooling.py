import torch
import torch.nn.functional as F


def in_eval(fn):
    def wrapped(model, *args, **kwargs):
        before = [m.training for m in model.modules()]
        model.eval()
        try:
            return fn(model, *args, **kwargs)
        finally:
            for m, b in zip(model.modules(), before):
                m.training = b
    wrapped.__name__, wrapped.__doc__ = fn.__name__, fn.__doc__
    return wrapped


@in_eval
def fooling_image(model, image, target, step=1.0, limit=100):
    x = image.detach().clone()
    taken = 0
    while True:
        x.requires_grad_(True)
        with torch.enable_grad():
            scores = model(x.clone())
            if scores[0].argmax().item() == target or taken == limit:
                return x.detach()
            g = torch.autograd.grad(F.log_softmax(scores, 1)[0, target], x)[0]
        x = x.detach() + step * g / torch.linalg.vector_norm(g).clamp(min=1)
        taken += 1


@in_eval
def transfer(model, images, fooled, targets):
    with torch.no_grad():
        before, after = model(images).argmax(1), model(fooled).argmax(1)
    targets = targets.to(before.device)
    hit = after.eq(targets) & before.ne(targets)
    return hit.double().mean().item(), (after != before).double().mean().item()
