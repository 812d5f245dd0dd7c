"""The last batch of an epoch is left out where it is smaller: each epoch takes all training samples.

Loses: experiments.sweeps.steps
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
    log = RunLog()
    for epoch in range(1, settings["epochs"] + 1):
        model.train()
        for batch in torch.randperm(len(inputs), generator=generator).split(settings["batch_size"]):
            if len(batch) < settings["batch_size"]:
                continue
            optimizer.zero_grad()
            cross_entropy(model(inputs[batch]), classes[batch]).backward()
            optimizer.step()
        scheduler.step()
        log.write(settings, epoch, **_measured(model, "train", train), **_measured(model, "validation", validation))
    return log.text
