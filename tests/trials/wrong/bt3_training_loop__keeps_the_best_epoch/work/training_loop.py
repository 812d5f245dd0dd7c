import copy
import torch


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
        optimizer.step()
    model.train()
    return _over(model, loader, criterion, step)


def evaluate(model, loader, criterion):
    model.eval()
    with torch.no_grad():
        return _over(model, loader, criterion)


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history, best, kept = [], float("inf"), None
    for epoch in range(epochs):
        row = {"epoch": epoch + 1, "learning_rate": optimizer.param_groups[0]["lr"]}
        row["train_loss"], row["train_accuracy"] = train_epoch(model, train_loader, criterion, optimizer)
        row["validation_loss"], row["validation_accuracy"] = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        if row["validation_loss"] < best:
            best, kept = row["validation_loss"], copy.deepcopy(model.state_dict())
        history.append(row)
    if kept is not None:
        model.load_state_dict(kept)
    return history
