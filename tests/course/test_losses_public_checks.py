"""The public checks of the losses pass nothing wrong by accident, and name what students get wrong."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailed

Load = Callable[[str], ModuleType]
Failures = Callable[..., Iterator[CheckFailed]]

ROOT = Path(__file__).parents[2]
LOSSES = ["cross_entropy", "hinge", "l1", "huber", "l2", "cosine"]
FACTORS = [-1.0, 0.0, 0.5, 2.0, 3.0, 1 / 3, 1.5, 2 / 3, 4.0, 1 / 4, 6.0, 1 / 6, 1 / 12, 12.0]
UNDIVIDED = "The 1/N is missing"


@pytest.fixture(scope="module")
def losses(reference: Load) -> ModuleType:
    return reference("losses")


@pytest.fixture(scope="module")
def checks(public: Load) -> dict[str, list[Callable[[object], None]]]:
    """The public checks of each criterion."""
    found: dict[str, list[Callable[[object], None]]] = {}
    for suite in sorted((ROOT / "tests/public").glob("test_losses*.py")):
        for name, check in inspect.getmembers(public(suite.stem), inspect.isfunction):
            if name.startswith("test_"):
                found.setdefault(check.pytestmark[0].args[0], []).append(check)
    return found


@pytest.fixture(scope="module")
def failures(losses: ModuleType, checks: dict[str, list[Callable[[object], None]]]) -> Failures:
    """What the public checks of a criterion say where some of the reference's functions are replaced."""

    def failing(criterion: str, **instead: Callable[..., Any]) -> Iterator[CheckFailed]:
        exchange = SimpleNamespace(log=SimpleNamespace(left_out=nullcontext))
        submission = SimpleNamespace(**{**vars(losses), **instead}, _exchange=exchange)
        for check in checks[criterion]:
            try:
                check(submission)
            except CheckFailed as failed:
                yield failed

    return failing


@pytest.mark.parametrize("part", ["value", "gradient", "decomposition", "local"])
@pytest.mark.parametrize("loss", LOSSES)
def test_the_reference_passes(failures: Failures, loss: str, part: str) -> None:
    assert not list(failures(f"losses.{loss}.{part}"))


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("part", ["value", "gradient"])
@pytest.mark.parametrize("loss", LOSSES)
def test_no_factor_of_a_batchs_size_or_of_a_square_cancels_out(
    failures: Failures, losses: ModuleType, loss: str, part: str, factor: float
) -> None:
    name = loss if part == "value" else f"{loss}_gradient"
    right = getattr(losses, name)
    assert list(failures(f"losses.{loss}.{part}", **{name: lambda *given: factor * right(*given)}))


def slope(prediction: np.ndarray, target: np.ndarray) -> np.ndarray:
    signs: np.ndarray = np.sign(prediction - target)
    return signs


def huber_parts(prediction: np.ndarray, target: np.ndarray, delta: float, lowered: float) -> np.ndarray:
    size = np.abs(prediction - target)
    return np.where(size <= delta, size**2 / 2, delta * size - lowered)


def unprojected(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(a, axis=1, keepdims=True) * np.linalg.norm(b, axis=1, keepdims=True)
    return np.asarray(-b / lengths)


def whole(a: np.ndarray, b: np.ndarray) -> float:
    return float(1 - (a * b).sum() / (np.linalg.norm(a) * np.linalg.norm(b)))


@pytest.mark.parametrize(
    ("name", "wrong", "sentences"),
    [
        ("l2_gradient", lambda p, t: (p - t) / len(p), ["The 2 that comes down"]),
        ("l2_gradient", lambda p, t: p - t, ["The 2 that comes down", UNDIVIDED]),
        ("l2_gradient", lambda p, t: 2 * (p - t), [UNDIVIDED]),
        ("l1_gradient", lambda p, t: -slope(p, t) / len(p), ["The sign is wrong"]),
        ("l1_gradient", lambda p, t: -slope(p, t), ["The sign is wrong", UNDIVIDED]),
        ("l1_gradient", slope, [UNDIVIDED]),
        ("huber", lambda p, t, d: huber_parts(p, t, d, d / 2).sum() / len(p), ["δ |e| − ½ δ"]),
        ("huber", lambda p, t, d: huber_parts(p, t, d, d / 2).sum(), ["δ |e| − ½ δ", UNDIVIDED]),
        ("huber", lambda p, t, d: huber_parts(p, t, d, d * d / 2).sum(), [UNDIVIDED]),
        ("huber_gradient", lambda p, t, d: np.minimum(p - t, d) / len(p), ["cut off at +δ only"]),
        ("cosine_gradient", lambda a, b: unprojected(a, b) / len(a), ["The part along a is missing"]),
        ("cosine_gradient", unprojected, ["The part along a is missing", UNDIVIDED]),
        ("cosine", whole, ["the whole matrix"]),
    ],
)
def test_what_students_get_wrong_is_named(
    failures: Failures, name: str, wrong: Callable[..., Any], sentences: list[str]
) -> None:
    loss = name.removesuffix("_gradient")
    [failed] = failures(f"losses.{loss}.{'value' if name == loss else 'gradient'}", **{name: wrong})
    for sentence in sentences:
        assert sentence in failed.misconception
    assert (UNDIVIDED in failed.misconception) is (UNDIVIDED in sentences)


def test_a_program_of_hinge_that_counts_the_right_class_is_named_with_what_each_stage_came_to(
    failures: Failures, losses: ModuleType
) -> None:
    right = losses.hinge_decomposition()
    program = [*right[:5], ("loss", "sum", ("violations",))]
    [failed] = failures("losses.hinge.decomposition", hinge_decomposition=lambda: program)
    assert "The right class is counted" in failed.misconception
    assert "stage 5, violations = maximum(above, 0): [" in failed.detail
    assert "margin = 1.5" in failed.detail
