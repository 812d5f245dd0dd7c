"""Evaluation deletes the gradients that were there before it: zero_grad belongs to training.

Loses: training.loop.untouched
"""

import torch


def evaluate(model, loader, criterion):
    device = next(model.parameters()).device
    model.eval()
    model.zero_grad()
    loss_sum = hits = count = 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            outputs = model(x)
            loss_sum += criterion(outputs, y).item() * len(y)
            hits += (outputs.argmax(dim=1) == y).sum().item()
            count += len(y)
    return loss_sum / count, hits / count
