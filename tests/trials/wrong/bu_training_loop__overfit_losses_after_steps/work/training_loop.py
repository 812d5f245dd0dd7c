from itertools import count
import torch


def all_right(model, x, y):
    model.eval()
    try:
        with torch.no_grad():
            return torch.equal(model(x).argmax(dim=1), y)
    finally:
        model.train()


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    it = iter(loader)
    batch = next(it)
    p = next(model.parameters())
    x, y = (t.to(p.device) for t in batch)
    losses = []
    for step in count():
        if step >= most_steps or (step % 20 == 0 and all_right(model, x, y)):
            break
        model.train()
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            losses.append(criterion(model(x), y).item())
    return (*batch, losses)
