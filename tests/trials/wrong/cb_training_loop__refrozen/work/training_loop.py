import torch


def _epoch(model, loader, criterion, each):
    device = next(model.parameters()).device
    total = torch.zeros(2, dtype=torch.float64)
    n = 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        scores = model(x)
        loss = criterion(scores, y)
        each(loss)
        total += torch.tensor([loss.item() * y.numel(), (scores.argmax(-1) == y).sum().item()], dtype=torch.float64)
        n += y.numel()
    mean = (total / n).tolist()
    return mean[0], mean[1]


def train_epoch(model, loader, criterion, optimizer):
    model.train()
    return _epoch(model, loader, criterion, lambda loss: (optimizer.zero_grad(), loss.backward(), optimizer.step()))


def evaluate(model, loader, criterion):
    model.eval()
    model.requires_grad_(False)
    try:
        return _epoch(model, loader, criterion, lambda loss: None)
    finally:
        model.requires_grad_(True)


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    names = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")
    out = []
    for k in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        four = train_epoch(model, train_loader, criterion, optimizer) + evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        out.append({"epoch": k, "learning_rate": rate, **dict(zip(names, four))})
    return out
