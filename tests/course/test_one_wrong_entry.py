"""The hidden gradient checks find a single wrong entry, at 200 seeds, and fail no right answer there.

Each check of a gradient is run, in this process, on the reference with one entry of its answer made wrong: of those
that are not 0 a seed chooses which, its sign is turned or it is made larger by a hundredth.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailed, spread

Load = Callable[[str], ModuleType]
Example = dict[str, Any]

SEEDS = range(200)
MISTAKES = (-1.0, 1.01)
# Images, channels, filters, height, width, kernel.
SIZES = [(2, 3, 4, 5, 6, 3), (1, 1, 1, 3, 4, 1), (2, 1, 2, 4, 3, 5), (1, 2, 3, 2, 1, 5), (3, 4, 2, 1, 7, 3)]


def convolutions(suite: ModuleType, seed: int) -> Example:
    n, c, f, height, width, k = SIZES[seed % len(SIZES)]
    return {"problem": suite.Convolution(n, c, f, height, width, k, seed)}


def images(suite: ModuleType, seed: int) -> Example:
    x = spread((1 + seed % 2, 1 + seed % 3, 2 + seed % 5, 2 + seed % 4), seed)
    x.flat[0] = 1.0  # so that some entry passes a ReLU
    return {"x": x, "seed": seed + 1}


def rows(suite: ModuleType, seed: int) -> Example:
    return {"problem": suite.layer(1 + seed % 3, 1 + seed % 5, 1 + seed % 4, seed)}


def batches(suite: ModuleType, seed: int) -> Example:
    return {"data": suite.batch(1 + seed % 4, 2 + seed % 5, seed)}


# Suite, check, function, which of its gradients, the problem of a seed.
Case = tuple[str, str, str, int | None, Callable[[ModuleType, int], Example]]
CASES: list[Case] = [
    ("test_layers_convolution", "test_the_gradient_by_the_images_is_right", "conv_backward", 0, convolutions),
    ("test_layers_convolution", "test_the_gradient_by_the_kernels_is_right", "conv_backward", 1, convolutions),
    ("test_layers_convolution", "test_the_gradient_by_the_biases_is_right", "conv_backward", 2, convolutions),
    ("test_layers_pooling", "test_the_gradient_goes_to_the_largest_entry", "pool_backward", None, images),
    ("test_layers_pooling", "test_the_gradient_passes_where_x_is_positive", "relu_backward", None, images),
    ("test_layers_dense", "test_unflattening_is_the_way_back", "flatten_backward", None, images),
    ("test_layers_dense", "test_the_gradient_by_the_inputs_is_right", "linear_backward", 0, rows),
    ("test_layers_dense", "test_the_gradient_by_the_weights_is_right", "linear_backward", 1, rows),
    ("test_layers_dense", "test_the_gradient_by_the_biases_is_right", "linear_backward", 2, rows),
    ("test_layers_dense", "test_the_gradient_of_the_loss_is_right", "softmax_cross_entropy_gradient", None, batches),
]
EACH_LAYER = pytest.mark.parametrize(
    "case", CASES, ids=[f"{function}-{('dx', 'dw', 'db')[block or 0]}" for _, _, function, block, _ in CASES]
)


def fails(check: Any, example: Example, **functions: Callable[..., Any]) -> bool:
    """Whether one example of a check fails on these functions."""
    try:
        check.hypothesis.inner_test(submission=SimpleNamespace(**functions), **example)
    except CheckFailed:
        return True
    return False


def with_one_entry_times(factor: float, gradient: np.ndarray, seed: int) -> np.ndarray:
    wrong, places = gradient.copy(), np.argwhere(gradient)
    wrong[tuple(places[seed % len(places)])] *= factor
    return wrong


def in_single_precision(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: in_single_precision(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return tuple(in_single_precision(part) for part in value)
    return value.astype(np.float32) if isinstance(value, np.ndarray) else value


@EACH_LAYER
@pytest.mark.parametrize("factor", MISTAKES)
def test_one_wrong_entry_of_a_layers_gradient_is_found(
    case: Case, factor: float, reference: Load, hidden: Load
) -> None:
    suite, check, function, block, problem = case
    solved = getattr(reference("layers"), function)

    def doctored(*arguments: np.ndarray, seed: int) -> Any:
        answer = solved(*arguments)
        if block is None:
            return with_one_entry_times(factor, answer, seed)
        return tuple(with_one_entry_times(factor, a, seed) if n == block else a for n, a in enumerate(answer))

    checks = hidden(suite)
    for seed in SEEDS:
        wrong = {function: lambda *arguments, seed=seed: doctored(*arguments, seed=seed)}
        assert fails(getattr(checks, check), problem(checks, seed), **vars(reference("layers")) | wrong), seed


@EACH_LAYER
def test_right_gradients_of_a_layer_pass_in_both_precisions(case: Case, reference: Load, hidden: Load) -> None:
    suite, check, function, _, problem = case
    solved, checks = getattr(reference("layers"), function), hidden(suite)

    def single(*arguments: np.ndarray) -> Any:
        return in_single_precision(solved(*map(in_single_precision, arguments)))

    for seed in SEEDS:
        for answers in (solved, single):
            functions = vars(reference("layers")) | {function: answers}
            assert not fails(getattr(checks, check), problem(checks, seed), **functions), seed


def at_seed(suite: ModuleType, seed: int, patch: pytest.MonkeyPatch) -> tuple[Example, tuple[Any, ...]]:
    """The example of a seed, and its arguments; what the check draws and expects is found once for all mistakes."""
    n = 1 + seed % 2
    problem, one_hot = suite.smooth_problem(seed, n), suite.labels(seed, n)
    expected = suite.expected_gradient(*problem, one_hot)
    patch.setattr(suite, "smooth_problem", lambda *_: problem)
    patch.setattr(suite, "expected_gradient", lambda *_: expected)
    return {"seed": seed, "n": n}, (*problem, one_hot, suite.LENT)


def test_one_wrong_entry_of_any_block_of_the_networks_gradient_is_found(reference: Load, hidden: Load) -> None:
    suite, network = hidden("test_network"), reference("network")
    check, solved = suite.test_the_gradient_by_every_parameter_is_right, network.network_gradient
    for seed in SEEDS:
        with pytest.MonkeyPatch.context() as patch:
            example, arguments = at_seed(suite, seed, patch)
            right = solved(*arguments)
            for name, factor in product(right, MISTAKES):
                wrong = right | {name: with_one_entry_times(factor, right[name], seed)}
                doctored = vars(network) | {"network_gradient": lambda *_, wrong=wrong: wrong}
                assert fails(check, example, **doctored), (seed, name, factor)


def test_right_gradients_of_the_network_pass_in_both_precisions(reference: Load, hidden: Load) -> None:
    suite, network = hidden("test_network"), reference("network")
    check, solved = suite.test_the_gradient_by_every_parameter_is_right, network.network_gradient
    layers = vars(reference("layers"))
    for seed in SEEDS:
        with pytest.MonkeyPatch.context() as patch:
            example, (*problem, lent) = at_seed(suite, seed, patch)
            single = [in_single_precision(part) for part in problem]
            for gradient in (solved(*problem, lent), solved(*single, lent), solved(*single, layers)):
                functions = vars(network) | {"network_gradient": lambda *_, gradient=gradient: gradient}
                assert not fails(check, example, **functions), seed
