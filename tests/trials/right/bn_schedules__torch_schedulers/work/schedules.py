import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, StepLR


def _rates(rate, epochs, make):
    dummy = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([dummy], lr=rate)
    scheduler = make(optimizer)
    seen = []
    for _ in range(epochs):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return seen


def step_rates(rate, step_size, gamma, epochs):
    return _rates(rate, epochs, lambda o: StepLR(o, step_size=step_size, gamma=gamma))


def cosine_rates(rate, lowest, epochs):
    return _rates(rate, epochs, lambda o: CosineAnnealingLR(o, T_max=epochs, eta_min=lowest))
