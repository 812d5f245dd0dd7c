"""Sums as tensors, samples counted as they come; gradients set to zero after the step."""

import torch


def train_epoch(model, loader, criterion, optimizer):
    device = next(model.parameters()).device
    model.train()
    running_loss, correct, seen = 0, 0, 0
    for i, (X, y) in enumerate(loader):
        X = X.to(device, non_blocking=True)
        y = y.to(device)
        pred = model(X)
        loss = criterion(pred, y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        running_loss += loss.detach() * X.size(0)
        correct += (pred.argmax(1) == y).type(torch.float64).sum()
        seen += X.size(0)
    return running_loss / seen, correct / seen
