"""The value of a decomposition, and its local derivatives, compared stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader.checks.asking.failing import CheckFailed, fail
from grader.checks.comparing.closeness import Confusions, assert_close
from grader.checks.decompositions.elementary import OPERATIONS
from grader.checks.decompositions.program import LOCAL, Decomposition, Stage, labels, operand_values, telling

Array = NDArray[Any]
Known = dict[str, Array]
Slips = dict[str, Callable[[], Array]]

# How many characters of one array a failure shows, and how many stages at each end.
TEXT_LIMIT = 200
SHOWN_STAGES = 5


def assert_value(
    decomposition: Decomposition,
    expected: ArrayLike,
    *,
    atol: float | None = None,
    confusions: Confusions | None = None,
    **inputs: ArrayLike,
) -> None:
    """Fail as `assert_close` does unless the last stage has the value `expected` at `inputs`.

    The failure's detail also lists the inputs, as Python, and the value of each stage.
    """
    known = decomposition.environment(**inputs)
    value = known[decomposition.stages[-1].name]
    try:
        assert_close(value, expected, what="the value of the last stage", atol=atol, confusions=confusions)
    except CheckFailed as failure:
        listing = "\n  ".join(["The inputs, and the value of each stage:", *_listing(decomposition, known)])
        raise CheckFailed(failure.kind, f"{failure.detail}\n{listing}", failure.misconception) from None


def _listing(decomposition: Decomposition, known: Known) -> list[str]:
    inputs = [f"{name} = {_clipped(str(known[name].tolist()))}" for name in decomposition.inputs]
    stages = [
        f"{stage}: {_clipped(np.array2string(known[stage.name], precision=6, threshold=30, separator=', '))}"
        for stage in decomposition.stages
    ]
    if len(stages) > 2 * SHOWN_STAGES:
        stages[SHOWN_STAGES:-SHOWN_STAGES] = [f"… {len(stages) - 2 * SHOWN_STAGES} more stages …"]
    return inputs + stages


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TEXT_LIMIT else f"{line[:TEXT_LIMIT]}…"


def assert_stages(
    decomposition: Decomposition, local_answer: object, *, what: str = LOCAL, **inputs: ArrayLike
) -> None:
    """Fail with a `CheckFailed` that names the stage unless all local derivatives are right at `inputs`.

    Each stage is compared with its own operation and operands, whatever the value of the whole: whether the
    decomposition is that of the requested function is a separate question. Each entry is compared relative to its own
    size, so that a large one does not hide a small one. At kinks any subgradient is right.
    """
    rows = decomposition.local_derivatives(local_answer, what=what, **inputs)
    known = decomposition.environment(**inputs)
    for stage, row in zip(decomposition.stages, rows, strict=True):
        with telling(stage):
            _assert_stage(decomposition, stage, row, known, what)


def _assert_stage(decomposition: Decomposition, stage: Stage, row: list[Array], known: Known, what: str) -> None:
    operands = operand_values(stage, known)
    for place, got, label in zip(stage.places, row, labels(stage, what), strict=True):
        least, greatest = OPERATIONS[stage.operation].slopes(place, *operands)
        if not all(np.isfinite(values).all() for values in (known[stage.name], least, greatest)):
            fail(f"{what}: {stage.label} or its derivative is not finite at these inputs")
        right = np.clip(np.nan_to_num(got), least, greatest)
        _assert_each(got, right, label, _slips(decomposition, stage, place, known, right))
    if stage.operation in ("maximum", "minimum") and len(row) == 2:
        both = f"{what}: {stage.label}: the sum of both derivatives"
        assert_close(row[0] + row[1], np.ones(row[0].shape), what=both)


def _assert_each(got: Array, right: Array, label: str, slips: Slips) -> None:
    assert_close(got, right, what=label, confusions=slips)
    size = np.abs(right)
    scale = np.where(size > 0, size, size.max() or 1.0)
    with np.errstate(all="ignore"):
        relative = np.asarray(got / scale, dtype=got.dtype if got.dtype.kind == "f" else np.float64)
    # A small difference of large numbers keeps half of single precision's digits; real mistakes are much larger.
    assert_close(relative, right / scale, what=f"{label}, relative to the right one,", rtol=3.5e-4)


def _slips(decomposition: Decomposition, stage: Stage, place: int, known: Known, right: Array) -> Slips:
    """Return the answers that result from common mistakes, the specific ones first."""
    operation, operands, value = OPERATIONS[stage.operation], operand_values(stage, known), known[stage.name]
    name = stage.operand(place)
    at_value = [value if i == place else operand for i, operand in enumerate(operands)]
    slips = {**dict(_of_operation(stage, place, operands)), "The sign is wrong.": lambda: -right}
    if len(operands) == 2:
        slips["This is the derivative by the other operand."] = lambda: operation.slopes(1 - place, *operands)[0]
    slips |= {
        "It is taken at the stage's value; take it at the operand.": lambda: operation.slopes(place, *at_value)[0],
        "This is the stage itself, not its derivative.": lambda: value,
        "This is the operand itself, not the derivative by it.": lambda: operands[place],
    }
    slips["The chain rule is applied already: give this stage's own derivative, by its operand."] = lambda: (
        _along_inputs(decomposition, known)[stage.name]
    )
    slips["This is the derivative of the last stage: give this stage's own."] = lambda: _right_gradients(
        decomposition, known
    )[name]
    return {
        sentence: lambda answer=answer: _shaped(answer(), right.shape)  # type: ignore[misc]
        for sentence, answer in slips.items()
    }


def _of_operation(stage: Stage, place: int, operands: list[Array]) -> Iterator[tuple[str, Callable[[], Array]]]:
    a, b = operands[0], operands[-1]
    match stage.operation:
        case "square":
            yield "The 2 is missing: the derivative of a² is 2a.", lambda: a
        case "sqrt":
            yield "The ½ is missing: the derivative of √a is 1 / (2√a).", lambda: 1 / np.sqrt(a)
        case "reciprocal":
            yield "The square is missing: the derivative of 1/a is −1/a².", lambda: -1 / a
            yield "This is 1/a itself; its derivative is −1/a².", lambda: 1 / a
            yield "This is ln a; the derivative of 1/a is −1/a².", lambda: np.log(a)
        case "divide" if place == 1:
            yield "The square is missing: the derivative of a/b by b is −a/b².", lambda: -a / b
            yield "The numerator is missing: the derivative of a/b by b is −a/b².", lambda: -1 / b**2
        case "exp":
            yield "The power rule is not for exponents: the derivative of eᵃ is eᵃ.", lambda: a * np.exp(a - 1)
        case "absolute":
            yield "The derivative of |a| is −1 where a is negative.", lambda: np.ones_like(a)
        case "maximum" | "minimum":
            yield "The derivative is 0 where the other operand is taken.", lambda: np.ones_like(a + b)


def _along_inputs(decomposition: Decomposition, known: Known) -> Known:
    """Return the derivative of each stage when all inputs grow at the same rate."""
    along = {name: np.ones_like(known[name]) for name in decomposition.inputs}
    for stage, row in zip(decomposition.stages, _right_rows(decomposition, known), strict=True):
        shares = [slope * along[stage.operand(place)] for place, slope in zip(stage.places, row, strict=True)]
        total = np.asarray(sum(shares, start=np.zeros(())))
        along[stage.name] = total.sum() if stage.operation == "sum" else total
    return along


def _right_gradients(decomposition: Decomposition, known: Known) -> Known:
    return decomposition.accumulate(_right_rows(decomposition, known), known)


def _right_rows(decomposition: Decomposition, known: Known) -> list[list[Array]]:
    return [
        [OPERATIONS[stage.operation].slopes(place, *operand_values(stage, known))[0] for place in stage.places]
        for stage in decomposition.stages
    ]


def _shaped(answer: Array, shape: tuple[int, ...]) -> Array:
    """Return `answer` in the shape of what it is compared with, if possible."""
    try:
        return np.broadcast_to(answer, shape)
    except ValueError:
        return np.asarray(answer)
