"""The outputs are computed once more for the accuracy, after the step: use those that the step was computed from.

Loses: training.loop.steps, training.loop.means
"""

def train_epoch(model, loader, criterion, optimizer):
    model.train()
    total, right, count = 0.0, 0, 0
    for inputs, targets in loader:
        inputs, targets = inputs.to("cpu"), targets.to("cpu")
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        outputs = model(inputs)
        total += loss.item() * len(targets)
        right += (outputs.argmax(dim=1) == targets).sum().item()
        count += len(targets)
    return total / count, right / count
