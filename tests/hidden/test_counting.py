"""Hidden checks of the counts: as functions of the sizes, and the paper's numbers.

Students read each check's first sentence, so it tells what is counted and not how.

Sizes go beyond those of any count by hand and of eight bits, so that no two of the known mistakes agree everywhere, and
stay so small that an answer may make the arrays and count.
"""

from collections.abc import Callable
from typing import Any

from grader.checks import Submission, Whole, assert_formula, criterion, fail

DENSE = {"n": Whole(1, 2000), "m": Whole(1, 2000)}
CONVOLUTION = {"n": Whole(300, 3000), "maps": Whole(1, 80), "kernel": Whole(1, 300), "padding": Whole(0, 400)}

BIAS = "A bias is counted; the layer has none."
INPUTS = "These are the inputs; the layer has an output for each row of W."
MACS = "These are multiply-accumulates; count the multiplications and the additions."
OPERATIONS = "These are operations; a product and the addition of it are one multiply-accumulate."
WITH_SIGMA = "These are operations, σ among them; a product and the addition of it are one multiply-accumulate."
UNPADDED = "The padding is forgotten."
ONE_END = "The padding is counted once; there are zeros at both ends."
ONE_MAP = "This is one feature map; the layer has several."
AT_EACH_PLACE = "The weights are counted at each place; all places share them."
FULL_MATRIX = "Each output is counted with all inputs; it takes as many as the kernel has."


def entry(counts: object, function: str, key: str) -> Any:
    """Return one of the counts that a function returned."""
    if not isinstance(counts, dict) or key not in counts:
        fail(f'{function} returns no dict with the entry "{key}"', f"got: {counts!r:.300}")
    return counts[key]


def assert_dense(submission: Submission, key: str, right: Any, confusions: dict[str, Callable]) -> None:
    assert_formula(
        lambda n, m: entry(submission.f_counts(n, m), "f_counts", key),
        right,
        what=f'the count "{key}" of f',
        confusions=confusions,
        **DENSE,
    )


@criterion("counting.dense.outputs")
def test_the_outputs_of_f(submission):
    """Return the dimension of f's output space for any sizes.

    Catches: inputs for outputs.
    """
    assert_dense(submission, "outputs", lambda n, m: m, {INPUTS: lambda n, m: n})


@criterion("counting.dense.parameters")
def test_the_parameters_of_f(submission):
    """Return how many numbers f trains for any sizes.

    Catches: a bias that is added, the two sizes added up.
    """
    assert_dense(submission, "parameters", lambda n, m: n * m, {BIAS: lambda n, m: n * m + m})


@criterion("counting.dense.macs")
def test_the_multiply_accumulates_of_f(submission):
    """Return the multiply-accumulates of f for any sizes.

    Catches: operations for multiply-accumulates, a bias that is added.
    """
    confusions = {
        BIAS: lambda n, m: n * m + m,
        OPERATIONS: lambda n, m: m * (2 * n - 1),
        WITH_SIGMA: lambda n, m: 2 * n * m,
    }
    assert_dense(submission, "macs", lambda n, m: n * m, confusions)


@criterion("counting.dense.operations")
def test_the_operations_of_f(submission):
    """Return the multiplications and additions of f for any sizes, with or without σ.

    Catches: multiply-accumulates for operations.
    """
    right = [lambda n, m: m * (2 * n - 1), lambda n, m: m * 2 * n]
    assert_dense(submission, "operations", right, {MACS: lambda n, m: n * m})


def places(n: int, kernel: int, padding: int) -> int:
    """Where a kernel can lie on a padded signal, counted."""
    return sum(first + kernel <= n + 2 * padding for first in range(n + 2 * padding))


def scaled(factor: Callable[..., int]) -> Callable[..., int]:
    """Return a count that is so many times the outputs of g."""
    return lambda n, maps, kernel, padding: maps * places(n, kernel, padding) * factor(kernel)


def padded_wrongly(factor: Callable[..., int]) -> dict[str, Callable[..., int]]:
    """Return the counts that go so many times with outputs that are wrong."""

    def unpadded(n: int, maps: int, kernel: int, padding: int) -> int:
        return maps * (n - kernel + 1) * factor(kernel)

    def one_end(n: int, maps: int, kernel: int, padding: int) -> int:
        return maps * (n + padding - kernel + 1) * factor(kernel)

    def one_map(n: int, maps: int, kernel: int, padding: int) -> int:
        return places(n, kernel, padding) * factor(kernel)

    return {UNPADDED: unpadded, ONE_END: one_end, ONE_MAP: one_map}


def assert_convolution(submission: Submission, key: str, right: Any, confusions: dict[str, Callable]) -> None:
    assert_formula(
        lambda n, maps, kernel, padding: entry(submission.g_counts(n, maps, kernel, padding), "g_counts", key),
        right,
        what=f'the count "{key}" of g',
        confusions=confusions,
        **CONVOLUTION,
    )


@criterion("counting.convolution.outputs")
def test_the_outputs_of_g(submission):
    """Return the dimension of g's output space for any sizes.

    Catches: the padding forgotten or counted once, one feature map only, the kernel's size forgotten.
    """
    assert_convolution(submission, "outputs", scaled(lambda kernel: 1), padded_wrongly(lambda kernel: 1))


@criterion("counting.convolution.parameters")
def test_the_parameters_of_g(submission):
    """Return how many numbers g trains for any sizes.

    Catches: a bias that is added, one kernel only, weights counted at each place.
    """
    confusions = {
        BIAS: lambda n, maps, kernel, padding: maps * (kernel + 1),
        ONE_MAP: lambda n, maps, kernel, padding: kernel,
        AT_EACH_PLACE: scaled(lambda kernel: kernel),
    }
    assert_convolution(submission, "parameters", lambda n, maps, kernel, padding: maps * kernel, confusions)


@criterion("counting.convolution.macs")
def test_the_multiply_accumulates_of_g(submission):
    """Return the multiply-accumulates of g for any sizes, those with zeros of the padding included.

    Catches: operations for multiply-accumulates, a matrix product's count, wrong padding.
    """
    confusions = {
        OPERATIONS: scaled(lambda kernel: 2 * kernel - 1),
        WITH_SIGMA: scaled(lambda kernel: 2 * kernel),
        FULL_MATRIX: lambda n, maps, kernel, padding: n * maps * places(n, kernel, padding),
        **padded_wrongly(lambda kernel: kernel),
    }
    assert_convolution(submission, "macs", scaled(lambda kernel: kernel), confusions)


@criterion("counting.convolution.operations")
def test_the_operations_of_g(submission):
    """Return the multiplications and additions of g for any sizes, with or without σ.

    Catches: multiply-accumulates for operations, a matrix product's count, wrong padding.
    """
    right = [scaled(lambda kernel: 2 * kernel - 1), scaled(lambda kernel: 2 * kernel)]
    confusions = {
        MACS: scaled(lambda kernel: kernel),
        FULL_MATRIX: lambda n, maps, kernel, padding: (2 * n - 1) * maps * places(n, kernel, padding),
        **padded_wrongly(lambda kernel: 2 * kernel - 1),
    }
    assert_convolution(submission, "operations", right, confusions)


def always(number: int) -> Callable[[], int]:
    return lambda: number


def assert_number(
    submission: Submission, function: str, key: str, rights: list[int], confusions: dict[str, int]
) -> None:
    """Compare a count of the paper's, of which there may be several right ones."""
    assert_formula(
        entry(getattr(submission, function)(), function, key),
        [always(right) for right in rights],
        what=f'the number "{key}" of {function[0]}',
        confusions={sentence: always(number) for sentence, number in confusions.items()},
    )


@criterion("counting.numbers.f_outputs")
def test_the_outputs_of_f_in_the_paper(submission):
    """Return the dimension of f's output space in the paper.

    Catches: inputs for outputs.
    """
    assert_number(submission, "f_numbers", "outputs", [1000], {INPUTS: 100})


@criterion("counting.numbers.g_outputs")
def test_the_outputs_of_g_in_the_paper(submission):
    """Return the dimension of g's output space in the paper.

    Catches: the padding forgotten or counted once, one feature map only.
    """
    assert_number(submission, "g_numbers", "outputs", [1000], {UNPADDED: 980, ONE_END: 990, ONE_MAP: 100})


@criterion("counting.numbers.f_parameters")
def test_the_parameters_of_f_in_the_paper(submission):
    """Return how many numbers f trains in the paper.

    Catches: a bias that is added.
    """
    assert_number(submission, "f_numbers", "parameters", [100_000], {BIAS: 101_000})


@criterion("counting.numbers.g_parameters")
def test_the_parameters_of_g_in_the_paper(submission):
    """Return how many numbers g trains in the paper.

    Catches: a bias that is added, one kernel only, weights counted at each place.
    """
    confusions = {BIAS: 40, ONE_MAP: 3, AT_EACH_PLACE: 3000}
    assert_number(submission, "g_numbers", "parameters", [30], confusions)


@criterion("counting.numbers.f_operations")
def test_the_operations_of_f_in_the_paper(submission):
    """Return the multiply-accumulates of f in the paper, and its multiplications and additions.

    Catches: multiply-accumulates and operations taken for each other, a bias that is added.
    """
    macs = {BIAS: 101_000, OPERATIONS: 199_000, WITH_SIGMA: 200_000}
    assert_number(submission, "f_numbers", "macs", [100_000], macs)
    assert_number(submission, "f_numbers", "operations", [199_000, 200_000], {MACS: 100_000})


@criterion("counting.numbers.g_operations")
def test_the_operations_of_g_in_the_paper(submission):
    """Return the multiply-accumulates of g in the paper, and its multiplications and additions.

    Catches: multiply-accumulates and operations taken for each other, wrong padding, a matrix product's count.
    """
    macs = {OPERATIONS: 5000, WITH_SIGMA: 6000, UNPADDED: 2940, ONE_END: 2970, FULL_MATRIX: 100_000}
    operations = {MACS: 3000, UNPADDED: 4900, ONE_END: 4950, FULL_MATRIX: 199_000}
    assert_number(submission, "g_numbers", "macs", [3000], macs)
    assert_number(submission, "g_numbers", "operations", [5000, 6000], operations)
