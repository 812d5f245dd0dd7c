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


LOW, HIGH = -2.5, 2.5


def fooling_image(model, image, target, step=1.0, limit=100):
    with evaluation(model):
        x = image.detach().clone()
        for k in range(limit + 1):
            x = x.detach().requires_grad_()
            scores = model(x)
            if k == limit or int(scores.argmax()) == target:
                return x.detach()
            gradient = torch.autograd.grad(scores[0, target], x)[0]
            with torch.no_grad():
                x = torch.clamp(x + step * gradient / gradient.pow(2).sum().sqrt(), LOW, HIGH)
