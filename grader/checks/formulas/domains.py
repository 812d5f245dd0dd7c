"""The domains of a formula's variables, and points in them: small ones first, which show a mistake best."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Drawn = dict[str, Any]


class Domain(ABC):
    """The values of one variable, which may depend on variables named before it."""

    @abstractmethod
    def draw(self, random: np.random.Generator, reach: int, point: Drawn) -> Any:
        """Return a value that is at most about `reach` above the smallest one, given the variables in `point`."""


@dataclass(frozen=True)
class Whole(Domain):
    """Whole numbers from `low` to `high`."""

    low: int
    high: int

    def draw(self, random: np.random.Generator, reach: int, point: Drawn) -> int:
        """Return a whole number, occasionally the largest."""
        high = min(self.high, self.low + reach)
        return high if random.random() < 0.1 else int(random.integers(self.low, high + 1))


@dataclass(frozen=True)
class Index(Domain):
    """Indices, from 0 to one less than the variable named `length`."""

    length: str

    def draw(self, random: np.random.Generator, reach: int, point: Drawn) -> int:
        """Return an index."""
        return int(random.integers(point[self.length]))


@dataclass(frozen=True)
class Real(Domain):
    """Real numbers from `low` to `high`, most of them with two decimals, so that people can calculate with them."""

    low: float
    high: float

    def draw(self, random: np.random.Generator, reach: int, point: Drawn) -> float:
        """Return a real number."""
        value = float(random.uniform(self.low, self.high))
        return min(max(round(value, 2), self.low), self.high)


@dataclass(frozen=True)
class Entries(Domain):
    """Arrays of real numbers; each item of `shape` is a length or the name of a variable.

    All entries have different magnitudes, so that no two can be confused.
    """

    shape: tuple[int | str, ...]

    def draw(self, random: np.random.Generator, reach: int, point: Drawn) -> Any:
        """Return an array of whole numbers as floats."""
        shape = [point[length] if isinstance(length, str) else length for length in self.shape]
        size = math.prod(shape)
        values = (1.0 + random.permutation(size)) * random.choice([-1.0, 1.0], size)
        return values.reshape(shape)


def points(variables: Mapping[str, Domain], seed: int, count: int) -> list[Drawn]:
    """Return at most `count` different points, the same for the same seed, those with small numbers first.

    Half of them are close to the smallest values; the others come from the whole domain.
    """
    random = np.random.default_rng(seed)
    found: dict[str, Drawn] = {}
    for number in range(count):
        reach = number // 3 if number < count // 2 else 2**31
        point: Drawn = {}
        for name, domain in variables.items():
            point[name] = domain.draw(random, reach, point)
        found.setdefault(repr(point), point)
    return sorted(found.values(), key=_size)


def _size(point: Drawn) -> float:
    return sum(value.size if isinstance(value, np.ndarray) else abs(value) for value in point.values())
