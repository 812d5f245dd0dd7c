"""Inputs and targets stay where they came from: move both to the device of the model's parameters.

Loses: training.loop.device
"""

def train_epoch(model, loader, criterion, optimizer):
    model.train()
    total, right, count = 0.0, 0, 0
    for inputs, targets in loader:
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(targets)
        right += (outputs.argmax(dim=1) == targets).sum().item()
        count += len(targets)
    return total / count, right / count
