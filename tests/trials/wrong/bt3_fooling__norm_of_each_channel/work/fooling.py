from contextlib import contextmanager
import torch


@contextmanager
def evaluation(model):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    try:
        yield
    finally:
        for m, mode in modes.items():
            m.training = mode


def fooling_image(model, image, target, step=1.0, limit=100):
    x = image.detach().clone()
    with evaluation(model):
        for _ in range(limit):
            x.requires_grad_(True)
            scores = model(x)
            if scores.argmax(dim=1).item() == target:
                break
            g, = torch.autograd.grad(scores[0, target], x)
            x = x.detach() + step * g / g.norm(dim=(2, 3), keepdim=True)
    return x.detach()
