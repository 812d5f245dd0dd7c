import warnings

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, StepLR


def follow(make, rate, epochs):
    dummy = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer = torch.optim.SGD([dummy], lr=rate)
    scheduler = make(optimizer)
    for _ in range(epochs):
        yield optimizer.param_groups[0]["lr"]
        optimizer.step()
        scheduler.step()


def step_rates(rate: float, step_size: int, gamma: float, epochs: int) -> list[float]:
    return list(follow(lambda o: StepLR(o, step_size=step_size, gamma=gamma), rate, epochs))


def cosine_rates(rate: float, lowest: float, epochs: int) -> list[float]:
    return list(follow(lambda o: CosineAnnealingLR(o, T_max=epochs, eta_min=lowest), rate, epochs))
