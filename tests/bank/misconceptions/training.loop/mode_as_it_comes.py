"""The model is evaluated in the mode that it comes in, which after training is training mode: call model.eval().

Loses: training.loop.evaluation
"""

import torch


def evaluate(model, loader, criterion):
    pass
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for inputs, targets in loader:
            outputs = model(inputs)
            loss = criterion(outputs, targets)
            total += loss.item() * len(targets)
            right += (outputs.argmax(dim=1) == targets).sum().item()
            count += len(targets)
    return total / count, right / count
