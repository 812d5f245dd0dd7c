import torch

try:
    from tqdm import tqdm
except ImportError:
    tqdm = None

def _bar(loader):
    return tqdm(loader, disable=True) if tqdm is not None else loader

def _device(model):
    return next(model.parameters()).device

def train_epoch(model, loader, criterion, optimizer):
    model.train()
    device = _device(model)
    total, correct, count = 0.0, 0, 0
    for inputs, targets in _bar(loader):
        inputs, targets = inputs.to(device), targets.to(device)
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(targets)
        correct += (outputs.argmax(dim=1) == targets).sum().item()
        count += len(targets)
    return total / count, correct / count

@torch.no_grad()
def evaluate(model, loader, criterion):
    model.eval()
    device = _device(model)
    total, correct, count = 0.0, 0, 0
    for inputs, targets in _bar(loader):
        inputs, targets = inputs.to(device), targets.to(device)
        outputs = model(inputs)
        total += criterion(outputs, targets).item() * targets.size(0)
        correct += (outputs.argmax(dim=1) == targets).sum().item()
        count += targets.size(0)
    return total / count, correct / count

def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        lr = optimizer.param_groups[0]["lr"]
        train_loss, train_accuracy = train_epoch(model, train_loader, criterion, optimizer)
        val_loss, val_accuracy = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        history.append(dict(epoch=epoch, learning_rate=lr, train_loss=train_loss, train_accuracy=train_accuracy,
                            validation_loss=val_loss, validation_accuracy=val_accuracy))
        print(f"{epoch}/{epochs} {train_loss:.3f} {val_loss:.3f}")
    return history

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    inputs, targets = next(iter(loader))
    device = _device(model)
    x, y = inputs.to(device), targets.to(device)
    losses = []
    model.train()
    for step in range(most_steps):
        optimizer.zero_grad()
        outputs = model(x)
        loss = criterion(outputs, y)
        if step and bool((outputs.argmax(1) == y).all()):
            with torch.no_grad():
                model.eval()
                done = bool((model(x).argmax(1) == y).all())
                model.train()
            if done:
                break
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
