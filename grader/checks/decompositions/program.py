"""Decompositions: a student's straight-line program of elementary operations, as data.

A submission writes a function as a list of stages ``(name, operation, operands)`` and, for a point, the local
derivatives of each stage with respect to each operand that is a name. Both are untrusted inert data, which this module
validates; `grader.checks.decompositions.stages` compares the derivatives.

A submission can choose the names of its stages, and the lengths of its lists, by the inputs that it has seen. So none
of that appears in a failure's kind, which students also read for hidden checks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader.checks.asking.failing import CheckFailed, fail
from grader.checks.comparing.closeness import numbers
from grader.checks.comparing.wording import told
from grader.checks.decompositions.elementary import OPERATIONS
from grader.core.text import did_you_mean

Array = NDArray[Any]
Rows = Sequence[Sequence[Array]]

STAGE_LIMIT = 100
NAME_LIMIT = 40
FORM = "a stage is (name, operation, operands), such as ('y', 'add', ('x', 1.0))"
LOCAL = "the local derivatives"


@dataclass(frozen=True)
class Stage:
    """One operation: its number, counted from 1, its name, and its operands, names or numbers."""

    number: int
    name: str
    operation: str
    operands: tuple[str | float, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """Which of the operands are names."""
        return tuple(place for place, operand in enumerate(self.operands) if isinstance(operand, str))

    def operand(self, place: int) -> str:
        """Return the operand at `place` as text."""
        operand = self.operands[place]
        return operand if isinstance(operand, str) else f"{operand:g}"

    @property
    def label(self) -> str:
        """A name for the stage that contains nothing the submission chose."""
        return f"stage {self.number} ({self.operation})"

    def __str__(self) -> str:
        operands = ", ".join(self.operand(place) for place in range(len(self.operands)))
        return f"stage {self.number}, {self.name} = {self.operation}({operands})"


@dataclass(frozen=True)
class Decomposition:
    """A valid straight-line program; its value is the value of the last stage."""

    inputs: tuple[str, ...]
    stages: tuple[Stage, ...]

    def values(self, **inputs: ArrayLike) -> list[Array]:
        """Return the value of each stage, in float64, for inputs that broadcast against each other."""
        known = self.environment(**inputs)
        return [known[stage.name] for stage in self.stages]

    def value(self, **inputs: ArrayLike) -> Array:
        """Return the value of the last stage."""
        return self.values(**inputs)[-1]

    def gradient(self, local_answer: object, *, what: str = LOCAL, **inputs: ArrayLike) -> dict[str, Array]:
        """Return, by input, the sum over all paths of the products of the submission's local derivatives.

        This is the gradient of the sum of the last value's entries; each has the shape of its input, and the precision
        of the coarsest local derivative.
        """
        rows = self.local_derivatives(local_answer, what=what, **inputs)
        back = self.accumulate(rows, self.environment(**inputs))
        floats = [slope.dtype for row in rows for slope in row if slope.dtype.kind == "f"]
        coarsest = min(floats, key=lambda dtype: dtype.itemsize, default=np.dtype(np.float64))
        with np.errstate(all="ignore"):
            return {name: back[name].astype(coarsest) for name in self.inputs}

    def environment(self, **inputs: ArrayLike) -> dict[str, Array]:
        """Return the values of inputs and stages by name, in float64."""
        if set(inputs) != set(self.inputs):
            raise TypeError(f"a decomposition of {', '.join(self.inputs)} was given {', '.join(inputs) or 'nothing'}")
        known = {name: np.asarray(value, dtype=np.float64) for name, value in inputs.items()}
        for stage in self.stages:
            known[stage.name] = OPERATIONS[stage.operation](*operand_values(stage, known))
        return known

    def accumulate(self, rows: Rows, known: dict[str, Array]) -> dict[str, Array]:
        """Return the derivative of the last value's sum with respect to each name, given the local ones in `rows`."""
        back = {name: np.zeros_like(value) for name, value in known.items()}
        back[self.stages[-1].name] += 1.0
        with np.errstate(all="ignore"):
            for stage, row in zip(reversed(self.stages), reversed(rows), strict=True):
                for place, slope in zip(stage.places, row, strict=True):
                    share = back[stage.name] * slope.astype(np.float64)
                    back[stage.operand(place)] += _summed_to(share, known[stage.operand(place)].shape)
        return back

    def local_derivatives(self, answer: object, *, what: str = LOCAL, **inputs: ArrayLike) -> list[list[Array]]:
        """Return, for each stage, one array for each operand that is a name.

        Each is broadcast to the common shape of its stage's operands. `CheckFailed` if the submission's answer does not
        have that form; whether the values are right is not checked here.
        """
        known = self.environment(**inputs)
        if not isinstance(answer, list | tuple):
            fail(f"{what} are not a list with one entry for each stage", _got(answer))
        if len(answer) != len(self.stages):
            found = f"there are {len(answer)} for {len(self.stages)} stages"
            fail(f"{what} do not have one entry for each stage of the decomposition", found)
        return [_row(stage, row, known, what) for stage, row in zip(self.stages, answer, strict=True)]


def decomposition(
    answer: object, inputs: Sequence[str] = ("z",), *, what: str = "the decomposition", least: int = 1
) -> Decomposition:
    """Return the submission's `answer` as a `Decomposition` of functions of `inputs`.

    `CheckFailed` unless it is a list of at least `least` stages, each with a new name, an operation of the alphabet and
    as many operands as it takes, each a number or the name of an input or of an earlier stage; and unless every input
    and every stage but the last is used.
    """
    if not isinstance(answer, list | tuple):
        fail(f"{what} is not a list of stages", f"{FORM}; {_got(answer)}")
    if not answer:
        fail(f"{what} has no stages")
    if len(answer) > STAGE_LIMIT:
        fail(f"{what} has more than {STAGE_LIMIT} stages, which are always enough", f"it has {len(answer)}")
    stages: list[Stage] = []
    for number, item in enumerate(answer, start=1):
        stages.append(_stage(number, item, (*inputs, *(stage.name for stage in stages)), what))
    if len(stages) < least:
        fail(f"{told(what, 'has')} {len(stages)} of at least {least} stages: take the function apart further")
    _refuse_unused(stages, inputs, what)
    return Decomposition(tuple(inputs), tuple(stages))


def operand_values(stage: Stage, known: dict[str, Array]) -> list[Array]:
    """Return the values of a stage's operands, by the names in `known`."""
    return [known[o] if isinstance(o, str) else np.asarray(o, dtype=np.float64) for o in stage.operands]


def _stage(number: int, item: object, earlier: Sequence[str], what: str) -> Stage:
    place = f"{what}: stage {number}"
    if not isinstance(item, list | tuple) or len(item) != 3:
        fail(f"{place} is not a name, an operation and its operands", f"{FORM}; {_got(item)}")
    name, operation, operands = item
    if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= NAME_LIMIT:
        fail(f"{place} has a name that is not a short text", f"{FORM}; {_got(name)}")
    if name in earlier:
        fail(f"{place} has the name of an input or of an earlier stage", f"it is named {name}")
    if not isinstance(operation, str) or operation not in OPERATIONS:
        _refuse_operation(place, operation)
    if not isinstance(operands, list | tuple):
        fail(
            f"{place} has operands that are not a tuple; with one operand it is ('x',), with the comma",
            f"{FORM}; {_got(operands)}",
        )
    arity = len(OPERATIONS[operation].least)
    if len(operands) != arity:
        fail(f"{place} gives {operation} the wrong number of operands; it takes {arity}", f"it gives {len(operands)}")
    return Stage(number, name, operation, tuple(_operand(operand, earlier, place) for operand in operands))


def _operand(operand: object, earlier: Sequence[str], place: str) -> str | float:
    if isinstance(operand, str):
        if operand in earlier:
            return operand
        known = ", ".join(earlier[-10:])
        hint = did_you_mean(operand[:NAME_LIMIT], earlier) or f"names before this stage: {known}"
        fail(f"{place} uses a name of no input or earlier stage", f"{_got(operand)}; {hint}")
    if isinstance(operand, bool) or not isinstance(operand, int | float | np.integer | np.floating):
        fail(f"{place} has an operand that is neither a name nor a number", _got(operand))
    try:
        value = float(operand)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        fail(f"{place} has a number as operand that is infinite, nan or too large")
    return value


def _refuse_operation(place: str, operation: object) -> NoReturn:
    word = operation[:NAME_LIMIT] if isinstance(operation, str) else ""
    hint = did_you_mean(word, OPERATIONS) or f"the operations are {', '.join(OPERATIONS)}"
    fail(f"{place} has an operation that is not elementary; {hint}", _got(operation))


def _got(value: object) -> str:
    try:
        return f"got: {value!r:.200}"
    except ValueError:  # an integer with more digits than Python converts
        return f"got: a {type(value).__name__}"


def _refuse_unused(stages: Sequence[Stage], inputs: Sequence[str], what: str) -> None:
    used = {operand for stage in stages for operand in stage.operands}
    for name in inputs:
        if name not in used:
            fail(f"{what} does not use the input {name}")
    for stage in stages[:-1]:
        if stage.name not in used:
            fail(f"{what}: no later stage uses {stage.label}", str(stage))


def _row(stage: Stage, row: object, known: dict[str, Array], what: str) -> list[Array]:
    with telling(stage):
        if not isinstance(row, list | tuple):
            kind = "are not a tuple with one entry for each operand that is a name; (-1,) needs the comma"
            fail(f"{what} of {stage.label} {kind}", _got(row))
        if len(row) != len(stage.places):
            names = ", ".join(stage.operand(place) for place in stage.places) or "none"
            fail(f"{what} of {stage.label} do not have one for each operand with a name", f"got {len(row)} for {names}")
        shape = np.broadcast_shapes(*(operand.shape for operand in operand_values(stage, known)))
        return [_slope(slope, shape, label) for slope, label in zip(row, labels(stage, what), strict=True)]


@contextmanager
def telling(stage: Stage) -> Iterator[None]:
    """Add the stage, as the submission wrote it, to the detail of a failure in the block."""
    try:
        yield
    except CheckFailed as failed:
        detail = f"{stage}\n{failed.detail}".rstrip()
        raise CheckFailed(failed.kind, detail, failed.misconception) from None


def labels(stage: Stage, what: str) -> Iterator[str]:
    """Yield names for a stage's local derivatives, one for each operand that is a name."""
    which = ("its first operand", "its second operand") if len(stage.operands) > 1 else ("its operand",)
    for place in stage.places:
        yield f"{what}: {stage.label}: the derivative with respect to {which[place]}"


def _slope(slope: object, shape: tuple[int, ...], label: str) -> Array:
    array = numbers(slope, what=label)
    if np.iscomplexobj(array):
        fail(f"{told(label, 'is')} complex where real numbers are asked for")
    try:
        return np.broadcast_to(array, shape)
    except ValueError:
        fail(f"{told(label, 'has')} the wrong shape", f"expected {shape}, got {array.shape}")


def _summed_to(array: Array, shape: tuple[int, ...]) -> Array:
    """Return `array` summed over the axes along which something of `shape` was broadcast."""
    summed = array.sum(axis=tuple(range(array.ndim - len(shape))))
    return np.asarray(
        summed.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1 != summed.shape[i]), keepdims=True)
    )
