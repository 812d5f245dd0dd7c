import itertools

import torch


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    batch = next(iter(loader))
    inputs, targets = batch
    device = next(model.parameters()).device
    x, t = inputs.to(device), targets.to(device)

    def learnt():
        model.eval()
        try:
            with torch.no_grad():
                return bool(torch.all(model(x).max(dim=1).indices == t))
        finally:
            model.train()

    losses = []
    for done in itertools.count():
        if done >= most_steps or (done % 5 == 0 and learnt()):
            break
        model.train()
        for group in optimizer.param_groups:
            for p in group["params"]:
                p.grad = None
        loss = criterion(model(x), t)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
