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


class Patience:
    def __init__(self, most=2):
        self.most, self.best, self.waited = most, float("inf"), 0

    def is_over(self, loss):
        self.waited = 0 if loss < self.best else self.waited + 1
        self.best = min(self.best, loss)
        return self.waited >= self.most


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history, patience = [], Patience()
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        trained = train_epoch(model, train_loader, criterion, optimizer)
        checked = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        history.append(dict(zip(
            ["epoch", "learning_rate", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy"],
            [epoch, rate, *trained, *checked],
        )))
        if patience.is_over(checked[0]):
            break
    return history
