"""While evaluating, the means of the batches are averaged: samples of a short last batch count more than others.

Loses: training.loop.evaluation
"""

import torch


def evaluate(model, loader, criterion):
    model.eval()
    losses, accuracies = [], []
    with torch.no_grad():
        for inputs, targets in loader:
            inputs, targets = (each.to(next(model.parameters()).device) for each in (inputs, targets))
            outputs = model(inputs)
            losses.append(criterion(outputs, targets).item())
            accuracies.append((outputs.argmax(dim=1) == targets).double().mean().item())
    return sum(losses) / len(losses), sum(accuracies) / len(accuracies)
