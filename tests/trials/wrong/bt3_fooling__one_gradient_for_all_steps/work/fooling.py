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


def taken_for(model, x):
    with torch.no_grad():
        return model(x).argmax(1).item()


def fooling_image(model, image, target, step=1.0, limit=100):
    with evaluation(model):
        start = image.detach().clone().requires_grad_(True)
        direction, = torch.autograd.grad(model(start)[0, target], start)
        direction = direction / torch.linalg.vector_norm(direction)
        x, done = start.detach().clone(), 0
        while done < limit and taken_for(model, x) != target:
            x = x + step * direction
            done += 1
    return x
