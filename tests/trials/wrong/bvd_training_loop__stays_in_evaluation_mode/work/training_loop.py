import torch


def _all_right(model, x, y):
    model.eval()
    with torch.no_grad():
        return bool((model(x).argmax(1) == y).all())


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    device = next(model.parameters()).device
    inputs, targets = next(iter(loader))
    x, y = inputs.to(device), targets.to(device)
    losses = []
    model.train()
    for step in range(most_steps):
        if step and _all_right(model, x, y):
            break
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
