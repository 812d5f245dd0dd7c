import torch


def train_epoch(model, loader, criterion, optimizer):
    device = next(model.parameters()).device
    model.train()
    total, correct, n = 0.0, 0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        out = model(x)
        loss = criterion(out, y)
        loss.backward()
        optimizer.step()
        total += loss.item() * x.size(0)
        correct += (out.argmax(1) == y).sum().item()
        n += x.size(0)
    return total / n, correct / n


def evaluate(model, loader, criterion):
    device = next(model.parameters()).device
    model.eval()
    for p in model.parameters():
        p.requires_grad = False
    total, correct, n = 0.0, 0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        out = model(x)
        total += criterion(out, y).item() * x.size(0)
        correct += (out.argmax(1) == y).sum().item()
        n += x.size(0)
    for p in model.parameters():
        p.requires_grad = True
    return total / n, correct / n


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        lr = optimizer.param_groups[0]["lr"]
        tl, ta = train_epoch(model, train_loader, criterion, optimizer)
        vl, va = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        history.append({"epoch": epoch, "learning_rate": lr, "train_loss": tl, "train_accuracy": ta, "validation_loss": vl, "validation_accuracy": va})
    return history
