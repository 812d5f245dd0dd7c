import torch


class Meter:
    def __init__(self):
        self.loss = self.hits = self.n = 0

    def add(self, loss, out, y):
        self.loss += loss.item() * len(y)
        self.hits += (out.argmax(1) == y).sum().item()
        self.n += len(y)

    def means(self):
        return self.loss / self.n, self.hits / self.n


def train_epoch(model, loader, criterion, optimizer, meter=Meter()):
    device = next(model.parameters()).device
    model.train()
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        out = model(x)
        loss = criterion(out, y)
        loss.backward()
        optimizer.step()
        meter.add(loss, out, y)
    return meter.means()


def evaluate(model, loader, criterion):
    meter = Meter()
    device = next(model.parameters()).device
    model.eval()
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            out = model(x)
            meter.add(criterion(out, y), out, y)
    return meter.means()


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        tl, ta = train_epoch(model, train_loader, criterion, optimizer)
        vl, va = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        history.append({"epoch": epoch, "learning_rate": rate, "train_loss": tl, "train_accuracy": ta,
                        "validation_loss": vl, "validation_accuracy": va})
    return history
