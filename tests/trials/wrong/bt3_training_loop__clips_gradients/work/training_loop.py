import torch
from torch.nn.utils import clip_grad_value_


def _over(model, loader, criterion, step=None):
    home = next(model.parameters()).device
    losses, hits, n = [], [], []
    for x, y in loader:
        x, y = x.to(home), y.to(home)
        out = model(x)
        loss = criterion(out, y)
        if step:
            step(loss)
        n.append(len(y))
        losses.append(loss.item() * n[-1])
        hits.append((out.argmax(1) == y).sum().item())
    return sum(losses) / sum(n), sum(hits) / sum(n)


def train_epoch(model, loader, criterion, optimizer):
    def step(loss):
        optimizer.zero_grad()
        loss.backward()
        clip_grad_value_(model.parameters(), 0.05)  # never explode
        optimizer.step()
    model.train()
    return _over(model, loader, criterion, step)


def evaluate(model, loader, criterion):
    model.eval()
    with torch.no_grad():
        return _over(model, loader, criterion)


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    def epoch_of(epoch):
        rate = optimizer.param_groups[0]["lr"]
        a, b = train_epoch(model, train_loader, criterion, optimizer)
        c, d = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        return {"epoch": epoch, "learning_rate": rate, "train_loss": a, "train_accuracy": b, "validation_loss": c, "validation_accuracy": d}
    return [epoch_of(e) for e in range(1, epochs + 1)]
