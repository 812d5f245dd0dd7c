import torch


def train_epoch(model, loader, criterion, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, correct, count = 0.0, 0, 0
    for inputs, targets in loader:
        inputs, targets = inputs.to(device), targets.to(device)
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(inputs)
        correct += (outputs.argmax(1) == targets).sum().item()
        count += len(inputs)
    return total / count, correct / count


@torch.no_grad()
def evaluate(model, loader, criterion):
    model.eval()
    device = next(model.parameters()).device
    total, correct, count = 0.0, 0, 0
    for inputs, targets in loader:
        inputs, targets = inputs.to(device), targets.to(device)
        outputs = model(inputs)
        total += criterion(outputs, targets).item() * len(inputs)
        correct += (outputs.argmax(1) == targets).sum().item()
        count += len(inputs)
    return total / count, correct / count


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        lr = optimizer.param_groups[0]["lr"]
        train_loss, train_accuracy = train_epoch(model, train_loader, criterion, optimizer)
        validation_loss, validation_accuracy = evaluate(model, validation_loader, criterion)
        if scheduler:
            scheduler.step()
        history.append({"epoch": epoch, "learning_rate": lr, "train_loss": train_loss, "train_accuracy": train_accuracy,
                        "validation_loss": validation_loss, "validation_accuracy": validation_accuracy})
    return history
