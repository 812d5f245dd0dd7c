"""What a check asks of a student's dataset or loader: its length, an entry, what loops over it give."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any


def length(loaded: Any) -> int:
    """Return its length."""
    return len(loaded)


def entry(loaded: Any, index: int) -> Any:
    """Return one of its entries."""
    return loaded[index]


def loops(loaded: Any, number: int, most: int, at_once: bool = False) -> list[list[Any]]:
    """Return what so many loops over it give, at most so many items of each: one after the other, or in turns."""
    if not at_once:
        return [list(islice(iter(loaded), most)) for _ in range(number)]
    given: list[list[Any]] = [[] for _ in range(number)]
    running = [(islice(iter(loaded), most), items) for items in given]
    while running:
        running = [(loop, items) for loop, items in running if _taken(loop, items)]
    return given


def _taken(loop: Iterator[Any], items: list[Any]) -> bool:
    """Add a loop's next item, and tell whether there was one."""
    following = list(islice(loop, 1))
    items += following
    return bool(following)


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


def doubling() -> Callable[[Any], Any]:
    """Return a transform that doubles an image in place, a tensor or an array, and returns it."""

    def doubled(image: Any) -> Any:
        image *= 2
        return image

    return doubled
