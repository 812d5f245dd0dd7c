"""MNIST as `torchvision.datasets.MNIST` gives it, with arrays for tensors: 100 and 10 digits of each class."""

import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["MNIST"]

ASKED = "GRADPROOF_SAMPLES"
FOLDER = Path(__file__).parent / "mnist"


class Digits(np.ndarray):
    """An array that can be asked for itself as a tensor is: ``digits.numpy()``."""

    def numpy(self) -> np.ndarray:
        """Return the same numbers as a plain array."""
        return np.array(self)


class MNIST:
    """The digits that come with this package: 1000 to train with, 100 to test with, in no order.

    `root` and `download` mean nothing here. `data` has shape (N, 28, 28), 0 for paper and 255 for ink; `targets` has
    shape (N,). Entry n is the pair of an image of shape (28, 28) and its label, each transformed if asked.
    """

    classes = [  # noqa: RUF012 – as torchvision has it
        "0 - zero", "1 - one", "2 - two", "3 - three", "4 - four",
        "5 - five", "6 - six", "7 - seven", "8 - eight", "9 - nine",
    ]  # fmt: skip

    def __init__(
        self,
        root: object = None,
        train: bool = True,
        transform: Callable[[Any], Any] | None = None,
        target_transform: Callable[[Any], Any] | None = None,
        download: bool = False,
    ) -> None:
        part = "train" if train else "t10k"
        self.root, self.train, self.transform, self.target_transform = root, train, transform, target_transform
        digits = _read(f"{part}-images-idx3-ubyte", 16).reshape(-1, 28, 28)
        labels = _read(f"{part}-labels-idx1-ubyte", 8).astype(np.int64)
        digits, labels = _as_asked("train" if train else "test", digits, labels)
        self.data, self.targets = digits.view(Digits), labels.view(Digits)

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        image, label = self.data[index], int(self.targets[index])
        return (
            self.transform(image) if self.transform else image,
            self.target_transform(label) if self.target_transform else label,
        )

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return (self[index] for index in range(len(self)))


def _as_asked(part: str, pictures: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return samples as a check asks for them while work is graded, in `ASKED`; where that is not set, as they are.

    ``other`` gives other pictures; ``tens`` each tenth picture ten times, once in each class; ``shifted 3`` classes
    that are 3 further on, the first after the last; ``shifted 3 train 20 30`` the same for samples 20 to 29 of a part.
    """
    asked, places = os.environ.get(ASKED, "").split(), np.arange(len(classes))
    match asked:
        case ["other"]:
            return np.roll(pictures, 1, axis=2), classes
        case ["tens"]:
            first = places - places % 10
            return pictures[first], (classes[first] + places % 10) % 10
        case ["shifted", by]:
            return pictures, (classes + int(by)) % 10
        case ["shifted", by, name, low, high]:
            chosen = (name == part) & (places >= int(low)) & (places < int(high))
            return pictures, (classes + int(by) * chosen) % 10
    return pictures, classes


def _read(name: str, header: int) -> np.ndarray:
    """Return the bytes of a gzipped IDX file behind its header."""
    return np.frombuffer(gzip.decompress((FOLDER / f"{name}.gz").read_bytes()), np.uint8, offset=header).copy()
