"""Gradients are clipped before the step, which nobody asked for: a step goes along all of its batch's gradient.

Loses: training.loop.steps
"""

import torch


def train_epoch(model, loader, criterion, optimizer):
    device = next(model.parameters()).device
    model.train()
    loss_sum = hits = count = 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        outputs = model(x)
        loss = criterion(outputs, y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        optimizer.step()
        loss_sum += loss.item() * len(y)
        hits += (outputs.argmax(dim=1) == y).sum().item()
        count += len(y)
    return loss_sum / count, hits / count
