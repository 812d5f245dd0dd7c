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
        old, new = (model(batch).argmax(dim=1) for batch in (images, fooled))
    could = old != targets
    hits = (new == targets) & could
    targeted = hits.sum().item() / max(could.sum().item(), 1)
    changed = (new != old).sum().item() / len(old)
    return targeted, changed
