import torch


def _device(model):
    return next(model.parameters()).device


def train_epoch(model, loader, criterion, optimizer):
    model.train()
    device = _device(model)
    loss_sum, right, seen = 0.0, 0, 0
    for inputs, targets in loader:
        inputs, targets = inputs.to(device), targets.to(device)
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        torch.nn.utils.clip_grad_value_(model.parameters(), 1.0)
        optimizer.step()
        loss_sum += loss.item() * len(targets)
        right += (outputs.argmax(dim=1) == targets).sum().item()
        seen += len(targets)
    return loss_sum / seen, right / seen


def evaluate(model, loader, criterion):
    model.eval()
    device = _device(model)
    loss_sum, right, seen = 0.0, 0, 0
    with torch.no_grad():
        for inputs, targets in loader:
            inputs, targets = inputs.to(device), targets.to(device)
            outputs = model(inputs)
            loss_sum += criterion(outputs, targets).item() * len(targets)
            right += (outputs.argmax(dim=1) == targets).sum().item()
            seen += len(targets)
    return loss_sum / seen, right / seen


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        train_loss, train_accuracy = train_epoch(model, train_loader, criterion, optimizer)
        validation_loss, validation_accuracy = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        history.append(
            {
                "epoch": epoch,
                "learning_rate": rate,
                "train_loss": train_loss,
                "train_accuracy": train_accuracy,
                "validation_loss": validation_loss,
                "validation_accuracy": validation_accuracy,
            }
        )
    return history
