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


def fooling_image(model, image, target, step=None, limit=None):
    step = 1.0 if step is None else step
    limit = limit or 100
    with evaluation(model):
        x = image.detach().clone()
        for _ in range(limit):
            x.requires_grad_(True)
            scores = model(x)
            if scores[0].argmax() == target:
                break
            g, = torch.autograd.grad(torch.log_softmax(scores, 1)[0, target], x)
            x = (x + step * g / g.norm()).detach()
    return x.detach()
