"""Gradients are cleared after each step only: what is in `.grad` before the epoch goes into the first one.

Loses: training.loop.steps
"""


def train_epoch(model, loader, criterion, optimizer):
    model.train()
    device = next(model.parameters()).device
    loss_sum, hits, count = 0.0, 0, 0
    for inputs, targets in loader:
        inputs, targets = inputs.to(device), targets.to(device)
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        loss_sum += loss.item() * len(targets)
        hits += (outputs.argmax(dim=1) == targets).sum().item()
        count += len(targets)
    return loss_sum / count, hits / count
