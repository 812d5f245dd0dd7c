"""In evaluation the batches stay on their device: move inputs and targets to where the model's parameters are.

Loses: training.loop.device
"""

import torch


def evaluate(model, loader, criterion):
    model.eval()
    loss_sum = hits = count = 0
    with torch.no_grad():
        for x, y in loader:
            outputs = model(x)
            loss_sum += criterion(outputs, y).item() * len(y)
            hits += (outputs.argmax(dim=1) == y).sum().item()
            count += len(y)
    return loss_sum / count, hits / count
