"""One order is drawn for all epochs: each epoch has an order of its own.

Loses: experiments.sweeps.repeatable
"""

import torch
from lab.runlog import RunLog
from torch.nn.functional import cross_entropy


def run_experiment(model, settings, train, validation):
    generator = torch.Generator().manual_seed(settings["seed"])
    algorithm = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[settings["optimizer"]]
    optimizer = algorithm(model.parameters(), lr=settings["learning_rate"])
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, settings.get("step_size", 1), settings.get("gamma", 1))
    inputs, classes = train
    order = torch.randperm(len(inputs), generator=generator)
    log = RunLog()
    for epoch in range(1, settings["epochs"] + 1):
        model.train()
        for batch in order.split(settings["batch_size"]):
            optimizer.zero_grad()
            cross_entropy(model(inputs[batch]), classes[batch]).backward()
            optimizer.step()
        scheduler.step()
        log.write(settings, epoch, **_measured(model, "train", train), **_measured(model, "validation", validation))
    return log.text
