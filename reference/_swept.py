"""What runs of the sweeps are made of, apart from the questions about them: a mistake there costs its part only."""

from collections.abc import Mapping
from typing import Any

import torch
from lab.datasets import Images, drawn_shapes
from lab.protocol import reproducible
from lab.runlog import RunLog
from torch import nn
from torch.nn.functional import cross_entropy

TRAIN, VALIDATION = 400, 200


def trained(settings: Mapping[str, Any], epochs: int) -> str:
    """Return the log of a small convolutional network, trained by its settings for so many epochs."""
    with reproducible(settings["seed"]):
        model = _network(settings["channels"])
        train, validation = drawn_shapes("train", TRAIN), drawn_shapes("validation", VALIDATION)
        sort = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[settings["optimizer"]]
        optimizer = sort(model.parameters(), lr=settings["learning_rate"])
        log = RunLog()
        for epoch in range(1, epochs + 1):
            drops = (epoch - 1) // settings.get("step_size", 1)
            for group in optimizer.param_groups:
                group["lr"] = settings["learning_rate"] * settings.get("gamma", 1) ** drops
            model.train()
            for batch in torch.randperm(TRAIN).split(settings["batch_size"]):
                optimizer.zero_grad()
                cross_entropy(model(train.images[batch]), train.classes[batch]).backward()
                optimizer.step()
            log.write(settings, epoch, **_measured(model, train, "train"), **_measured(model, validation, "validation"))
        return str(log.text)


def _network(channels: int) -> nn.Module:
    return nn.Sequential(
        nn.AvgPool2d(2), nn.Conv2d(3, channels, 5, stride=2, padding=2), nn.BatchNorm2d(channels), nn.ReLU(),
        nn.MaxPool2d(2), nn.Conv2d(channels, 2 * channels, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(8 * channels, 10),
    )  # fmt: skip


def _measured(model: nn.Module, samples: Images, part: str) -> dict[str, float]:
    model.eval()
    with torch.no_grad():
        scores = model(samples.images)
    hits = int((scores.argmax(dim=1) == samples.classes).sum())
    return {
        f"{part}_loss": cross_entropy(scores, samples.classes).item(),
        f"{part}_accuracy": hits / len(samples.classes),
    }
