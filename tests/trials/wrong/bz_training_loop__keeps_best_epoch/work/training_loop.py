import copy
import torch
from torch import nn
import torch.nn.functional as F

def _dev(model):
    for p in model.parameters():
        return p.device
    return torch.device('cpu')


def train_epoch(model, loader, criterion, optimizer):
    model.train()
    dev = _dev(model)
    total, right, seen = 0.0, 0, 0
    for i, (x, y) in enumerate(loader):
        x, y = x.to(dev), y.to(dev)
        optimizer.zero_grad()
        out = model(x)
        loss = criterion(out, y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        right += (out.detach().argmax(1) == y).sum().item()
        seen += len(y)
    return total / seen, right / seen


def evaluate(model, loader, criterion):
    model.eval()
    dev = _dev(model)
    total, right, seen = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(dev), y.to(dev)
            out = model(x)
            total += criterion(out, y).item() * len(y)
            right += (out.argmax(1) == y).sum().item()
            seen += len(y)
    return total / seen, right / seen


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        lr = optimizer.param_groups[0]['lr']
        tl, ta = train_epoch(model, train_loader, criterion, optimizer)
        if scheduler is not None:
            scheduler.step()
        vl, va = evaluate(model, validation_loader, criterion)
        history.append(dict(epoch=epoch, learning_rate=lr, train_loss=tl, train_accuracy=ta,
                            validation_loss=vl, validation_accuracy=va))
        if va >= max(h['validation_accuracy'] for h in history):
            best = copy.deepcopy(model.state_dict())
    if history:
        model.load_state_dict(best)
    return history
