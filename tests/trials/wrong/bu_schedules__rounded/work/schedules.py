import warnings
import torch
from torch.optim.lr_scheduler import StepLR, CosineAnnealingLR


def _collect(make, rate, epochs):
    opt = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
    sched = make(opt)
    got = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(epochs):
            got.extend(sched.get_last_lr())
            opt.step()
            sched.step()
    return [round(x, 5) for x in got]


def step_rates(rate, step_size, gamma, epochs):
    return _collect(lambda opt: StepLR(opt, step_size, gamma), rate, epochs)


def cosine_rates(rate, lowest, epochs):
    return _collect(lambda opt: CosineAnnealingLR(opt, epochs, eta_min=lowest), rate, epochs)
