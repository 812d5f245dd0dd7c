"""The order of the samples is another one each time: seed what is random, so that a run can be repeated.

Loses: experiments.sweeps.repeatable
Unnamed: because the orders are others where the run is played again.
"""

import torch
from lab.runlog import RunLog
from torch.nn.functional import cross_entropy


def run_experiment(model, settings, train, validation):
    generator = torch.Generator()
    generator.seed()
    optimizer = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[settings["optimizer"]](model.parameters(), lr=settings["learning_rate"])
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, settings.get("step_size", 1), settings.get("gamma", 1))
    inputs, classes = train
    log = RunLog()
    for epoch in range(1, settings["epochs"] + 1):
        model.train()
        for batch in torch.randperm(len(inputs), generator=generator).split(settings["batch_size"]):
            optimizer.zero_grad()
            cross_entropy(model(inputs[batch]), classes[batch]).backward()
            optimizer.step()
        scheduler.step()
        log.write(settings, epoch, **_measured(model, "train", train), **_measured(model, "validation", validation))
    return log.text
