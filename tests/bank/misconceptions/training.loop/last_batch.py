"""Loss and accuracy are those of the last batch: sum them up over all.

Loses: training.loop.evaluation
"""

import torch


def evaluate(model, loader, criterion):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for inputs, targets in loader:
            inputs, targets = (each.to(next(model.parameters()).device) for each in (inputs, targets))
            outputs = model(inputs)
            loss = criterion(outputs, targets)
            total += loss.item() * len(targets)
            right += (outputs.argmax(dim=1) == targets).sum().item()
            count += len(targets)
    return loss.item(), (outputs.argmax(dim=1) == targets).double().mean().item()
