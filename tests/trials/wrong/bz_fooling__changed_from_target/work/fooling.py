import torch
from contextlib import contextmanager

@contextmanager
def evaluating(model):
    before = {m: m.training for m in model.modules()}
    model.eval()
    try:
        yield model
    finally:
        for m, mode in before.items():
            m.training = mode

def fooling_image(model, image, target, step=1.0, limit=100):
    x = image.detach().clone()
    with evaluating(model), torch.enable_grad():
        for n in range(limit + 1):
            x = x.detach().requires_grad_(True)
            scores = model(x)
            if n == limit or scores[0].argmax().item() == target:
                break
            g, = torch.autograd.grad(scores[0, target], x)
            x = x + step * g / g.norm()
    return x.detach()

def transfer(model, images, fooled, targets):
    with evaluating(model), torch.no_grad():
        was, now = model(images).argmax(1), model(fooled).argmax(1)
    return (((now == targets) & (was != targets)).double().mean().item(), ((now != was) & (now != targets)).double().mean().item())
