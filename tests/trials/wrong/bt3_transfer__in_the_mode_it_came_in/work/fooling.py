import torch


@torch.no_grad()
def transfer(model, images, fooled, targets):
    before = model(images).argmax(1)
    after = model(fooled).argmax(1)
    n = len(targets)
    targeted = sum(1 for b, a, t in zip(before.tolist(), after.tolist(), targets.tolist()) if a == t != b)
    changed = int((before != after).sum())
    return targeted / n, changed / n
