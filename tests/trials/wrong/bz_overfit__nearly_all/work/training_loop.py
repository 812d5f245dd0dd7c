import torch
from torch import nn
import torch.nn.functional as F

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    for inputs, targets in loader:
        break
    dev = next(model.parameters()).device
    x, y = inputs.to(dev), targets.to(dev)
    losses = []
    while len(losses) < most_steps:
        model.train()
        out = model(x)
        acc = (out.argmax(dim=1) == y).double().mean().item()
        if round(acc, 1) >= 1.0:      # 100 %
            break
        optimizer.zero_grad()
        loss = criterion(out, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
