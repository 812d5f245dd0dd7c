"""Images as PyTorch takes them: the drawn shapes, or CIFAR-10 where torchvision and its files are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import Dataset

from lab.images import shapes

__all__ = ["Images", "cifar10", "drawn_shapes"]

VALIDATION = 5000


class Images(Dataset[tuple[torch.Tensor, int]]):
    """Pictures (N, H, W, 3) of whole numbers from 0 to 255 and their classes (N,), as a dataset.

    Entry n is the pair (image, class): a tensor of shape (3, H, W) with numbers from 0 to 1, of PyTorch's
    default dtype, then what `transform` makes of it, and an int.
    """

    def __init__(
        self, pictures: NDArray[np.uint8], classes: NDArray[np.int64], transform: Callable[[Any], Any] | None = None
    ) -> None:
        self.images = torch.from_numpy(np.moveaxis(pictures, 3, 1).copy()).to(torch.get_default_dtype()) / 255
        self.classes = torch.from_numpy(np.asarray(classes, np.int64))
        self._transform = transform

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int) -> tuple[Any, int]:
        image = self.images[index]
        return self._transform(image) if self._transform else image, int(self.classes[index])


def drawn_shapes(part: str, number: int = 5000, seed: int = 0, transform: Callable[[Any], Any] | None = None) -> Images:
    """Return the shapes of `lab.images.shapes` as a dataset; `part` is ``train``, ``validation`` or ``test``."""
    return Images(*shapes(part, number, seed), transform)


def cifar10(root: str, part: str, transform: Callable[[Any], Any] | None = None, *, download: bool = False) -> Images:
    """Return CIFAR-10 from the folder `root`; of its 50000 images to train with the last 5000 are for validation.

    Needs torchvision, and its files in the folder or ``download=True``.
    """
    from grader.worker.forking.preload import preload

    preload(["torchvision"])  # also where it comes built for another PyTorch and its import stops
    from torchvision.datasets import CIFAR10

    kept = {"train": slice(None, -VALIDATION), "validation": slice(-VALIDATION, None), "test": slice(None)}[part]
    whole = CIFAR10(root, train=part != "test", download=download)
    return Images(whole.data[kept], np.array(whole.targets)[kept], transform)
