from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Cost(NamedTuple):
    outputs: int
    parameters: int
    macs: int
    operations: int


@dataclass(frozen=True)
class Layer:
    """`units` sums of `terms` products each."""

    units: int
    terms: int
    trained: int

    def cost(self) -> Cost:
        products = self.units * self.terms
        additions = self.units * (self.terms - 1)
        sigma = self.units
        return Cost(self.units, self.trained, products, products + additions + sigma)


def places(length: int, kernel: int) -> int:
    count = 0
    for start in range(length):
        if start + kernel > length:
            break
        count += 1
    return count


def f_counts(n: int, m: int) -> dict:
    assert n > 0 and m > 0
    return Layer(units=m, terms=n, trained=n * m).cost()._asdict()


def g_counts(n: int, maps: int, kernel: int, padding: int) -> dict:
    units = maps * places(padding + n + padding, kernel)
    return Layer(units=units, terms=kernel, trained=maps * kernel).cost()._asdict()


def f_numbers() -> dict:
    return f_counts(100, 1000)


def g_numbers() -> dict:
    return g_counts(n=100, maps=10, kernel=3, padding=1)
