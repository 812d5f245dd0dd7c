from itertools import count
import torch


def all_right(model, x, y):
    model.eval()
    try:
        with torch.no_grad():
            return (model(x).argmax(dim=1) == y).float().mean() >= 0.95
    finally:
        model.train()


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    it = iter(loader)
    batch = next(it)
    p = next(model.parameters())
    x, y = (t.to(p.device) for t in batch)
    losses = []
    for step in count():
        if step >= most_steps or ( all_right(model, x, y)):
            break
        model.train()
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return (*batch, losses)
