"""What a check asks of a student's dataset or loader: its length, an entry, what loops over it give."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from itertools import islice
from typing import Any


def length(loaded: Any) -> int:
    """Return its length."""
    return len(loaded)


def entry(loaded: Any, index: int) -> Any:
    """Return one of its entries."""
    return loaded[index]


def loops(loaded: Any, number: int, most: int) -> list[list[Any]]:
    """Return what so many loops over it give, one after the other, at most so many items of each."""
    return [list(islice(iter(loaded), most)) for _ in range(number)]


class Dataset:
    """A dataset that is no list: it has a length and entries, and neither slices nor a ``for`` loop of its own.

    A picture changes with each access, as where it is augmented: by how often its entry was asked for before.
    """

    __iter__ = None

    def __init__(self, samples: Sequence[tuple[Any, int]]) -> None:
        self.samples = samples
        self.asked = [0] * len(samples)

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, k: int) -> tuple[Any, int]:
        if not 0 <= (k := operator.index(k)) < len(self.samples):
            raise IndexError(f"there is no sample {k} of {len(self.samples)}")
        image, label = self.samples[k]
        self.asked[k] += 1
        return image + (self.asked[k] - 1), label


def dataset(samples: Sequence[tuple[Any, int]]) -> Dataset:
    """Return a dataset of samples that is no list."""
    return Dataset(samples)
