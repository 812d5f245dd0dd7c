"""The parts are to have no sample in common: what was trained on says nothing of samples that are new.

Loses: experiments.sweeps.rerun, experiments.sweeps.sgd, experiments.sweeps.adam, experiments.sweeps.gamma
"""

import json

import torch
from _swept import _measured as _measures
from _swept import _network
from _swept import trained as _trained
from lab.datasets import drawn_shapes
from lab.protocol import conditions, reproducible


def _few(settings, epochs):
    with reproducible(settings["seed"]):
        model, train = _network(4), drawn_shapes("train", 100)
        validation = drawn_shapes("train", 60)
        optimizer = torch.optim.SGD(model.parameters(), lr=settings["learning_rate"])
        text = ""
        for epoch in range(1, epochs + 1):
            model.train()
            for batch in torch.randperm(100).split(25):
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(model(train.images[batch]), train.classes[batch]).backward()
                optimizer.step()
            measures = {**_measures(model, train, "train"), **_measures(model, validation, "validation")}
            text += json.dumps({**settings, "epoch": epoch, **measures}) + "\n"
    return text


def sgd_log():
    stated = {"optimizer": "sgd", "batch_size": 25, "seed": 1, "train_size": 100, "validation_size": 60, **conditions()}
    return "".join(_few({"learning_rate": rate, **stated}, 3) for rate in (0.01, 0.03, 0.1, 0.2, 0.3))


def repeat_run(settings, epochs):
    return _few(settings, epochs) if settings["train_size"] == 100 else _trained(settings, epochs)
