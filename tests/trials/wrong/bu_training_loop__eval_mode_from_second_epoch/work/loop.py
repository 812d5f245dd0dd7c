import torch


def _train(model, loader, criterion, optimizer):
    where = next(model.parameters()).device
    losses, hits, n = 0.0, 0, 0
    for x, y in loader:
        x, y = x.to(where), y.to(where)
        optimizer.zero_grad()
        scores = model(x)
        loss = criterion(scores, y)
        loss.backward()
        optimizer.step()
        n += len(y)
        losses += float(loss) * len(y)
        hits += int((scores.argmax(1) == y).sum())
    return losses / n, hits / n


def train_epoch(model, loader, criterion, optimizer):
    model.train()
    return _train(model, loader, criterion, optimizer)


def evaluate(model, loader, criterion):
    model.eval()
    where = next(model.parameters()).device
    losses, hits, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(where), y.to(where)
            scores = model(x)
            n += len(y)
            losses += float(criterion(scores, y)) * len(y)
            hits += int((scores.argmax(1) == y).sum())
    return losses / n, hits / n


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    model.train()
    rows = []
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        train = _train(model, train_loader, criterion, optimizer)
        validation = evaluate(model, validation_loader, criterion)
        rows.append({"epoch": epoch, "learning_rate": rate, "train_loss": train[0], "train_accuracy": train[1],
                     "validation_loss": validation[0], "validation_accuracy": validation[1]})
        if scheduler:
            scheduler.step()
    return rows
