"""Noise is added to the inputs at each step: train on the batch as it is.

Loses: overfit.batch.outcome, overfit.batch.same, overfit.batch.bounded
"""

import torch


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    model.train()
    inputs, targets = next(iter(loader))
    losses = []
    for _ in range(most_steps):
        outputs = model(inputs + 0.3 * torch.randn_like(inputs))
        if bool((outputs.argmax(dim=1) == targets).all()):
            break
        optimizer.zero_grad()
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
