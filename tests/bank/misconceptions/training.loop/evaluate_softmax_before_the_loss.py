"""While evaluating, the scores go through a softmax before the loss, and the cross-entropy takes one itself.

Loses: training.loop.evaluation
"""

import torch


def evaluate(model, loader, criterion):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for inputs, targets in loader:
            inputs, targets = (each.to(next(model.parameters()).device) for each in (inputs, targets))
            outputs = model(inputs).softmax(dim=1)
            loss = criterion(outputs, targets)
            total += loss.item() * len(targets)
            right += (outputs.argmax(dim=1) == targets).sum().item()
            count += len(targets)
    return total / count, right / count
