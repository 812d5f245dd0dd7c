"""The gradients are set to zero between backward() and step(), so that no step goes anywhere.

Loses: training.loop.steps, training.loop.device, training.loop.scheduler
"""

def train_epoch(model, loader, criterion, optimizer):
    model.train()
    total, right, count = 0.0, 0, 0
    for inputs, targets in loader:
        inputs, targets = inputs.to("cpu"), targets.to("cpu")
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.zero_grad(set_to_none=False)
        optimizer.step()
        total += loss.item() * len(targets)
        right += (outputs.argmax(dim=1) == targets).sum().item()
        count += len(targets)
    return total / count, right / count
