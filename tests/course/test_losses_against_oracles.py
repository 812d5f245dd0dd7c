"""The losses of the reference against differences, closed forms, extended precision and each other."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.checks import assert_stages, decomposition, numeric_gradient, spread

Load = Callable[[str], ModuleType]

SEEDS = range(5)
SHAPES = [(1, 2), (2, 3), (5, 4)]
FAR = 10000.0

Case = tuple[np.ndarray | float, ...]


@pytest.fixture(scope="module")
def losses(reference: Load) -> ModuleType:
    return reference("losses")


def case(loss: str, shape: tuple[int, int], seed: int) -> Case:
    """The arguments of a loss; no entry is near a kink."""
    first, second = spread((2, *shape), seed)
    labels = np.random.default_rng(seed).integers(0, shape[1], shape[0])
    return {
        "cross_entropy": (first, labels),
        "hinge": (np.round(4 * first) / 4, labels, 0.7),
        "l1": (second + first, second),
        "huber": (second + first, second, 1.1 if np.abs(np.abs(first) - 1.1).min() > 1e-3 else 1.2),
        "l2": (second + first, second),
        "cosine": (first, second),
    }[loss]


def point(loss: str, arguments: Case) -> dict[str, np.ndarray | float]:
    """The inputs of a loss's decomposition for the first example of a batch."""
    names = {
        "cross_entropy": ("logits", "onehot"),
        "hinge": ("scores", "onehot", "margin"),
        "l1": ("prediction", "target"),
        "huber": ("prediction", "target", "delta"),
        "l2": ("prediction", "target"),
        "cosine": ("a", "b"),
    }[loss]
    first = arguments[0]
    assert isinstance(first, np.ndarray)
    rows = [values if np.ndim(values) == 0 else np.asarray(values)[0] for values in arguments]
    if "onehot" in names:
        rows[1] = np.eye(first.shape[1])[rows[1]]
    return dict(zip(names, rows, strict=True))


def every_case(test: Callable[..., None]) -> Callable[..., None]:
    for name, values in (
        ("seed", SEEDS),
        ("shape", SHAPES),
        ("loss", ["cross_entropy", "hinge", "l1", "huber", "l2", "cosine"]),
    ):
        test = pytest.mark.parametrize(name, values)(test)
    return test


@every_case
def test_gradients_are_those_that_differences_give(
    losses: ModuleType, loss: str, shape: tuple[int, int], seed: int
) -> None:
    first, *rest = case(loss, shape, seed)
    expected = numeric_gradient(lambda at: getattr(losses, loss)(at, *rest), first)
    assert_allclose(getattr(losses, f"{loss}_gradient")(first, *rest), expected, rtol=1e-7, atol=1e-9)


@every_case
def test_decompositions_have_the_value_and_the_gradient_of_their_loss(
    losses: ModuleType, loss: str, shape: tuple[int, int], seed: int
) -> None:
    batch = case(loss, shape, seed)
    alone = [values if np.ndim(values) == 0 else np.asarray(values)[:1] for values in batch]
    inputs = point(loss, batch)
    program = decomposition(getattr(losses, f"{loss}_decomposition")(), tuple(inputs))
    local = getattr(losses, f"{loss}_local_derivatives")(**inputs)
    assert_stages(program, local, **inputs)
    assert_allclose(program.value(**inputs), getattr(losses, loss)(*alone), rtol=1e-12, atol=1e-14)
    gradient = program.gradient(local, **inputs)[next(iter(inputs))]
    assert_allclose(gradient, getattr(losses, f"{loss}_gradient")(*alone)[0], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("reach", [1.0, 30.0, FAR])
def test_cross_entropy_agrees_with_extended_precision(losses: ModuleType, reach: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    logits, labels = random.uniform(-reach, reach, (4, 5)), random.integers(0, 5, 4)
    # Powers of e up to ±11000 are within the range of long double, where it is extended, and none is shifted.
    if np.finfo(np.longdouble).maxexp < 16384:
        pytest.skip("long double is double here")
    powers = np.exp(logits.astype(np.longdouble))
    softmax = powers / powers.sum(axis=1, keepdims=True)
    picked = logits[np.arange(4), labels]
    value = np.mean(np.log(powers.sum(axis=1)) - picked)
    assert_allclose(losses.cross_entropy(logits, labels), float(value), rtol=1e-12)
    expected = ((softmax - np.eye(5)[labels]) / 4).astype(float)
    assert_allclose(losses.cross_entropy_gradient(logits, labels), expected, rtol=1e-11, atol=1e-300)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_cross_entropy_of_no_preference_is_the_logarithm_of_the_classes(losses: ModuleType, classes: int) -> None:
    labels = np.array([0, classes - 1])
    assert losses.cross_entropy(np.full((2, classes), -FAR), labels) == pytest.approx(np.log(classes), rel=1e-15)


@pytest.mark.parametrize("seed", SEEDS)
def test_cross_entropy_of_two_classes_is_softplus_of_their_difference(losses: ModuleType, seed: int) -> None:
    logits = spread((6, 2), seed, high=30.0)
    behind = logits[:, 0] - logits[:, 1]
    expected = np.mean(np.log1p(np.exp(-np.abs(behind))) + np.maximum(behind, 0))
    assert_allclose(losses.cross_entropy(logits, np.ones(6, dtype=int)), expected, rtol=1e-13)


@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_of_scores_add_up_to_zero_in_each_example(losses: ModuleType, seed: int) -> None:
    scores, labels = case("cross_entropy", (5, 4), seed)
    assert_allclose(losses.cross_entropy_gradient(scores, labels).sum(axis=1), np.zeros(5), atol=1e-15)
    assert_allclose(losses.hinge_gradient(scores, labels, 1.7).sum(axis=1), np.zeros(5), atol=1e-15)


@pytest.mark.parametrize("seed", SEEDS)
def test_hinge_of_a_vast_margin_is_linear(losses: ModuleType, seed: int) -> None:
    scores, labels = case("cross_entropy", (5, 4), seed)
    assert isinstance(labels, np.ndarray)
    right = np.asarray(scores)[np.arange(5), labels]
    expected = np.mean(np.sum(scores, axis=1) - 4 * right) + 3 * 100.0
    assert_allclose(losses.hinge(scores, labels, 100.0), expected, rtol=1e-13)


def test_hinge_is_zero_beyond_the_margin_and_flat(losses: ModuleType) -> None:
    scores, labels = np.diag([5.0, 6.0, 7.0]), np.arange(3)
    assert losses.hinge(scores, labels, 4.9) == 0
    assert not losses.hinge_gradient(scores, labels, 4.9).any()


@pytest.mark.parametrize("seed", SEEDS)
def test_huber_lies_between_half_of_l2_and_delta_times_l1(losses: ModuleType, seed: int) -> None:
    prediction, target = case("l1", (5, 4), seed)
    halved, size = losses.l2(prediction, target) / 2, losses.l1(prediction, target)
    assert losses.huber(prediction, target, 1e9) == pytest.approx(halved, rel=1e-15)
    assert losses.huber(prediction, target, 1e-9) == pytest.approx(1e-9 * size, rel=1e-8)
    for delta in (0.3, 1.0, 1.7):
        assert losses.huber(prediction, target, delta) <= min(halved, delta * size)


@pytest.mark.parametrize("delta", [0.25, 1.0, 2.5])
def test_huber_is_the_least_of_a_parabola_and_a_price_for_what_is_left(losses: ModuleType, delta: float) -> None:
    # Moreau: min over x of ½ (e − x)² + δ |x|, found on a grid.
    grid = np.linspace(-8, 8, 32001)
    for error in (-4.0, -0.2, 0.0, 1.0, 3.0):
        expected = np.min((error - grid) ** 2 / 2 + delta * np.abs(grid))
        assert losses.huber(np.array([[error]]), np.zeros((1, 1)), delta) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_cosine_is_half_of_the_squared_distance_of_unit_vectors(losses: ModuleType, seed: int) -> None:
    a, b = case("cosine", (5, 4), seed)
    u, v = (rows / np.sqrt(np.sum(np.square(rows), axis=1, keepdims=True)) for rows in (a, b))
    assert_allclose(losses.cosine(a, b), np.mean(np.sum((u - v) ** 2, axis=1)) / 2, rtol=1e-13)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradient_of_cosine_stands_across_its_vector(losses: ModuleType, seed: int) -> None:
    a, b = case("cosine", (5, 4), seed)
    gradient = losses.cosine_gradient(a, b)
    assert_allclose(np.sum(gradient * a, axis=1), np.zeros(5), atol=1e-15)
    assert_allclose(losses.cosine_gradient(8.0 * np.asarray(a), b), gradient / 8, rtol=1e-13)


def test_at_kinks_the_gradients_are_subgradients(losses: ModuleType) -> None:
    zero = np.zeros((2, 3))
    assert np.abs(losses.l1_gradient(zero, zero)).max() <= 1 / 2
    gradient = losses.hinge_gradient(np.array([[1.0, 0.5, -3.0]]), np.array([0]), 0.5)
    assert 0 <= gradient[0, 1] <= 1
    assert gradient[0, 0] == -gradient[0, 1]
