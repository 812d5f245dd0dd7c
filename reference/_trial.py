"""What runs of the ablation are made of, apart from the questions about it: a mistake there costs its part only."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

Batch = tuple[torch.Tensor, torch.Tensor]
POOLING: dict[str, list[nn.Module]] = {"max": [nn.MaxPool2d(2)], "average": [nn.AvgPool2d(2)], "stride": []}
AUGMENTATIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "none": lambda images: images,
    "rotation": lambda images: images.rot90(int(torch.randint(4, ())), (2, 3)),
    "translation": lambda images: images.roll(torch.randint(-4, 5, (2,)).tolist(), (2, 3)),
    "colour": lambda images: (images * torch.empty(len(images), 3, 1, 1).uniform_(0.7, 1.3)).clamp(0, 1),
}


def network(settings: Mapping[str, Any]) -> nn.Module:
    """Return the network of a run, which gives logits for images of 32×32."""
    depth, width, stride = settings["depth"], settings["width"], 2 if settings["pooling"] == "stride" else 1
    blocks: list[nn.Module] = []
    for channels in [3] + [width] * (depth - 1):
        blocks.append(nn.Conv2d(channels, width, 3, stride, 1))
        blocks += [nn.BatchNorm2d(width)] if settings["batch_norm"] else []
        blocks += [nn.ReLU(), *POOLING[settings["pooling"]]]
    features = width * (16 >> depth) ** 2
    head = [nn.Flatten(), nn.Dropout(settings["dropout"]), nn.Linear(features, 10)]
    return nn.Sequential(nn.AvgPool2d(2), *blocks, *head)


def optimizer(settings: Mapping[str, Any], model: nn.Module) -> torch.optim.Optimizer:
    """Return the optimizer of a run."""
    sort = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[settings["optimizer"]]
    made: torch.optim.Optimizer = sort(model.parameters(), lr=settings["learning_rate"])
    return made


def loss(output: str) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Return the cross-entropy of what the activation at the end makes of logits."""
    if output == "softmax":
        return functional.cross_entropy
    return lambda logits, classes: functional.nll_loss(
        functional.logsigmoid(logits) - functional.logsigmoid(logits).logsumexp(1, keepdim=True), classes
    )


class Batches:
    """Batches of pictures and classes; shuffled and augmented anew in each loop if they are trained on."""

    def __init__(self, samples: tuple[np.ndarray, np.ndarray], size: int, augmentation: str = "") -> None:
        self.images = torch.from_numpy(np.moveaxis(samples[0], 3, 1).copy()).to(torch.get_default_dtype()) / 255
        self.classes = torch.from_numpy(samples[1].astype(np.int64))
        self.size = size
        self.augmentation = augmentation

    def __iter__(self) -> Iterator[Batch]:
        order = torch.randperm(len(self.classes)) if self.augmentation else torch.arange(len(self.classes))
        for part in order.split(self.size):
            images = self.images[part]
            yield AUGMENTATIONS[self.augmentation or "none"](images), self.classes[part]
