"""The counts of the reference against layers that are computed by numbers which count what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType

import pytest

from grader.checks import evaluated

Load = Callable[[str], ModuleType]


@dataclass
class Tally:
    """What has been done with the numbers of a layer."""

    multiplications: int = 0
    additions: int = 0
    trained: set[int] = field(default_factory=set)


class Counted:
    """A number that writes down each operation on it; `weight` is which trained number it is."""

    def __init__(self, tally: Tally, weight: int | None = None) -> None:
        self.tally = tally
        if weight is not None:
            tally.trained.add(weight)

    def __mul__(self, other: Counted) -> Counted:
        self.tally.multiplications += 1
        return Counted(self.tally)

    def __add__(self, other: Counted) -> Counted:
        self.tally.additions += 1
        return Counted(self.tally)


def product(weights: list[Counted], inputs: list[Counted]) -> Counted:
    total, *others = [weight * value for weight, value in zip(weights, inputs, strict=True)]
    for other in others:
        total = total + other
    return total


def dense(tally: Tally, n: int, m: int) -> list[Counted]:
    x = [Counted(tally) for _ in range(n)]
    matrix = [[Counted(tally, row * n + column) for column in range(n)] for row in range(m)]
    return [product(row, x) for row in matrix]


def convolution(tally: Tally, n: int, maps: int, kernel: int, padding: int) -> list[Counted]:
    x = [Counted(tally) for _ in range(padding + n + padding)]
    kernels = [[Counted(tally, each * kernel + place) for place in range(kernel)] for each in range(maps)]
    windows = [x[start : start + kernel] for start in range(len(x))]
    return [product(each, window) for each in kernels for window in windows if len(window) == kernel]


@pytest.fixture(scope="module")
def counting(reference: Load) -> ModuleType:
    return reference("counting")


def counts(tally: Tally, outputs: list[Counted]) -> dict[str, int]:
    return {
        "outputs": len(outputs),
        "parameters": len(tally.trained),
        "macs": tally.multiplications,
        "operations": tally.multiplications + tally.additions,
    }


@pytest.mark.parametrize("sizes", [(1, 1), (1, 4), (5, 1), (3, 2), (7, 11), (100, 1000)])
def test_the_counts_of_a_dense_layer_are_those_of_computing_it(counting: ModuleType, sizes: tuple[int, int]) -> None:
    tally = Tally()
    assert counts(tally, dense(tally, *sizes)) == counting.f_counts(*sizes)


@pytest.mark.parametrize(
    "sizes", [(1, 1, 1, 0), (5, 4, 3, 2), (6, 2, 6, 0), (9, 3, 2, 5), (4, 1, 1, 1), (100, 10, 3, 1)]
)
def test_the_counts_of_a_convolution_are_those_of_computing_it(
    counting: ModuleType, sizes: tuple[int, int, int, int]
) -> None:
    tally = Tally()
    assert counts(tally, convolution(tally, *sizes)) == counting.g_counts(*sizes)


def test_the_numbers_of_the_paper_are_those_of_its_sizes(counting: ModuleType) -> None:
    assert counting.f_numbers() == counting.f_counts(100, 1000)
    assert counting.g_numbers() == counting.g_counts(100, 10, 3, 1)
    f, g = counting.f_numbers(), counting.g_numbers()
    assert [f["outputs"], f["parameters"], f["macs"], f["operations"]] == [1000, 100_000, 100_000, 199_000]
    assert [g["outputs"], g["parameters"], g["macs"], g["operations"]] == [1000, 30, 3000, 5000]


def test_the_formulas_that_the_docstrings_show_can_be_read() -> None:
    assert evaluated("(n + 1) * maps^2 // 2", what="it", n=3, maps=4) == 32
    assert evaluated("3 * 1000", what="it") == 3000
