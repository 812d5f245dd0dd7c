"""The schedulers of PyTorch, on a parameter that is never trained."""

import torch
from torch.optim import lr_scheduler


def _rates(rate, epochs, make):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    scheduler, rates = make(optimizer), []
    for _ in range(epochs):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def step_rates(rate, step_size, gamma, epochs):
    return _rates(rate, epochs, lambda optimizer: lr_scheduler.StepLR(optimizer, step_size, gamma))


def cosine_rates(rate, lowest, epochs):
    return _rates(rate, epochs, lambda optimizer: lr_scheduler.CosineAnnealingLR(optimizer, epochs, lowest))
