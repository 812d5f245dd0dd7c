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


def transfer(model, images, fooled, targets):
    with evaluation(model), torch.no_grad():
        a, b = model(images).argmax(-1), model(fooled).argmax(-1)
    targeted = torch.logical_and(b.eq(targets), a.ne(targets))
    return targeted.double().mean(), b.ne(a).double().mean()
