"""The outputs go through a softmax before the loss, and the cross-entropy takes one itself: give it the scores.

Loses: training.loop.steps, training.loop.means, training.loop.device
"""

def train_epoch(model, loader, criterion, optimizer):
    model.train()
    total, right, count = 0.0, 0, 0
    for inputs, targets in loader:
        inputs, targets = inputs.to("cpu"), targets.to("cpu")
        optimizer.zero_grad()
        outputs = model(inputs).softmax(dim=1)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(targets)
        right += (outputs.argmax(dim=1) == targets).sum().item()
        count += len(targets)
    return total / count, right / count
