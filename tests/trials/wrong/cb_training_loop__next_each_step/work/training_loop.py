import itertools

import torch


def _right(model, x, y):
    with torch.no_grad():
        return bool((model(x).argmax(dim=1) == y).all())


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    """Hammer one batch until the network knows it by heart."""
    first = next(iter(loader))
    device = next(model.parameters()).device
    inputs, targets = (t.to(device) for t in first)
    losses = []
    for step in itertools.count():
        model.eval()
        if step >= most_steps or _right(model, inputs, targets):
            break
        model.train()
        inputs, targets = (t.to(device) for t in next(iter(loader)))
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
