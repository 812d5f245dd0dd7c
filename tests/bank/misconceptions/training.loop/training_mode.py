"""The accuracy is measured in training mode: model.eval() is missing, so that dropout is on and batch normalisation learns.

Loses: training.loop.evaluation, training.loop.untouched
"""

import torch


def evaluate(model, loader, criterion):
    model.train()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for inputs, targets in loader:
            inputs, targets = (each.to(next(model.parameters()).device) for each in (inputs, targets))
            outputs = model(inputs)
            loss = criterion(outputs, targets)
            total += loss.item() * len(targets)
            right += (outputs.argmax(dim=1) == targets).sum().item()
            count += len(targets)
    return total / count, right / count
