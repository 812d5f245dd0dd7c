import functools
import itertools
import torch
import torch.nn.functional as F


def gently(f):
    """Run f with its model in evaluation mode, and leave the model as it was."""

    @functools.wraps(f)
    def g(model, *args, **kwargs):
        modes = [(m, m.training) for m in model.modules()]
        model.eval()
        try:
            return f(model, *args, **kwargs)
        finally:
            for m, mode in modes:
                m.training = mode

    return g


def climb(model, x, target, step):
    """All images of the way up, each with the class that the model takes it for."""
    while True:
        x = x.detach().requires_grad_(True)
        with torch.enable_grad():
            scores = model(x)
            log_p = F.log_softmax(scores, dim=1)[0, target]
        yield x.detach().clone(), scores.argmax(1).item()
        (gradient,) = torch.autograd.grad(log_p, x)
        x = x + step * gradient / torch.linalg.norm(gradient.flatten())


@gently
def fooling_image(model, image, target, step=1.0, limit=100):
    for x, taken_for in itertools.islice(climb(model, image.detach().clone(), target, step), limit + 1):
        if taken_for == target:
            break
    return x


@gently
@torch.no_grad()
def transfer(model, images, fooled, targets):
    before, after = (model(x).argmax(dim=1) for x in (images, fooled))
    hit = (after == targets) & (before != targets)
    return hit.double().mean().item(), (after != before).double().mean().item()
