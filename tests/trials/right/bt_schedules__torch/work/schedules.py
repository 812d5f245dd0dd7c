import warnings
import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, StepLR

def _rates(rate, epochs, make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
    scheduler = make(optimizer)
    got = []
    for _ in range(epochs):
        got.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return got

def step_rates(rate, step_size, gamma, epochs):
    return _rates(rate, epochs, lambda o: StepLR(o, step_size=step_size, gamma=gamma))

def cosine_rates(rate, lowest, epochs):
    return _rates(rate, epochs, lambda o: CosineAnnealingLR(o, T_max=epochs, eta_min=lowest))
