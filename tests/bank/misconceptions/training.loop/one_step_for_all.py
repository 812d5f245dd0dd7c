"""The gradients of all batches add up to one step at the end of the epoch: each batch is a step.

Loses: training.loop.steps
"""

def train_epoch(model, loader, criterion, optimizer):
    model.train()
    total, right, count = 0.0, 0, 0
    optimizer.zero_grad()
    for inputs, targets in loader:
        inputs, targets = inputs.to("cpu"), targets.to("cpu")
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        total += loss.item() * len(targets)
        right += (outputs.argmax(dim=1) == targets).sum().item()
        count += len(targets)
    optimizer.step()
    return total / count, right / count
