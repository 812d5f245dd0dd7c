"""Answers that are formulas: strings such as ``n * (k + 1)``, compared as functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.asking.failing import fail
from grader.checks.comparing.closeness import Array, Tolerance, numbers, tolerance_for
from grader.checks.comparing.wording import WRONG_VALUES, told
from grader.checks.formulas.domains import Domain, Drawn, points
from grader.checks.formulas.expression import NoValue, Tree
from grader.checks.formulas.expression_parser import FormulaError, parse

TEXT_POINTS, CALL_POINTS = 60, 24

Function = Callable[..., Any]

# Whole numbers are exact; this leaves room for one that was computed by logarithms.
COUNTED = Tolerance(relative=1e-9, absolute=0.0)


@dataclass(frozen=True)
class Formula:
    """A formula that a student wrote."""

    text: str
    tree: Tree

    def __call__(self, **point: Any) -> float:
        """Return its value; raises `NoValue`, which says why it does not exist."""
        try:
            return float(self.tree.at(point))
        except OverflowError:
            raise NoValue("a number is too large") from None


def formula(text: str, names: Collection[str], *, what: str) -> Formula:
    """Return a formula in the variables `names`; `CheckFailed` if the text is not a formula."""
    try:
        return Formula(text, parse(text, names))
    except FormulaError as error:
        fail(f"{what} cannot be read as a formula: {error}", f"the formula: {text!r:.400}")


def evaluated(answer: object, *, what: str, **point: Any) -> object:
    """Return the value at a point of an answer that is the text of a formula; any other answer as it is.

    In a list or tuple, each entry is evaluated.
    """
    if isinstance(answer, list | tuple):
        return [evaluated(part, what=what, **point) for part in answer]
    if not isinstance(answer, str):
        return answer
    try:
        return formula(answer, point, what=what)(**point)
    except NoValue as reason:
        fail(f"{what}, as a formula, has no value at a point where it should have one", f"{_shown(point)}: {reason}")


def assert_formula(
    answer: object,
    expected: Function | Sequence[Function],
    *,
    what: str,
    confusions: Mapping[str, Function] | None = None,
    arguments: Sequence[str] | None = None,
    seed: int = 0,
    **variables: Domain,
) -> None:
    """Fail with a helpful `CheckFailed` unless `answer` is, as a function of `variables`, the expected one.

    `answer` is a formula's text, a number, or a callable. A callable receives the variables, or those of them that
    `arguments` lists, by position; it returns a number each time, or always the text of one formula. `expected`, and
    the values of `confusions`, take the variables by name. Of several expected functions any one is right, the same for
    all points. Both are compared at points drawn from the variables' domains, and a wrong answer is shown at the
    smallest point at which it differs. If all expected values are whole numbers (int), others are wrong; otherwise the
    tolerance is that of `assert_close`.
    """
    trials = points(variables, seed, CALL_POINTS if callable(answer) else TEXT_POINTS)
    rights = [expected] if callable(expected) else list(expected)
    given = list(variables if arguments is None else arguments)
    got = _Answer.of(answer, trials, given, list(variables), what)
    values = [_at(right, got.points) for right in rights]
    tolerances = [_tolerance(got.values, value) for value in values]
    if not any(_same(got, *pair).all() for pair in zip(values, tolerances, strict=True)):
        differs = _difference(got, values[0], tolerances[0])
        fail(f"{told(what, 'has')} {WRONG_VALUES}", differs, _confusion(got, values, confusions or {}))


@dataclass(frozen=True)
class _Answer:
    """An answer's value at each point: nan if `reasons` says why it does not exist."""

    points: list[Drawn]
    values: Array
    reasons: dict[int, str]
    text: str = ""

    @classmethod
    def of(cls, answer: object, trials: list[Drawn], given: list[str], names: list[str], what: str) -> _Answer:
        if not callable(answer):
            return cls._fixed(answer, trials, names, what)
        got: list[Any] = []
        for point in trials:
            value = answer(*(point[name] for name in given))
            if isinstance(value, str):
                return cls._fixed(value, trials, names, what)
            got.append(_number(value, what))
        return cls(trials, np.array(got), {})

    @classmethod
    def _fixed(cls, answer: object, trials: list[Drawn], names: list[str], what: str) -> _Answer:
        if not isinstance(answer, str):
            return cls(trials, np.array([_number(answer, what)] * len(trials)), {})
        function = formula(answer, names, what=what)
        values, reasons = np.full(len(trials), np.nan), dict[int, str]()
        for place, point in enumerate(trials):
            try:
                values[place] = function(**point)
            except NoValue as reason:
                reasons[place] = str(reason)
        return cls(trials, values, reasons, answer)

    def at(self, place: int) -> str:
        if place in self.reasons:
            return f"no value: {self.reasons[place]}"
        return f"{self.values[place]:.10g}"


def _number(value: object, what: str) -> Any:
    array = numbers(value, what=what)
    if array.shape != ():
        fail(f"{what} is not one number or the text of a formula", f"got {value!r:.200}")
    if np.iscomplexobj(array):
        fail(f"{told(what, 'is')} complex where real numbers are asked for", f"got {value!r:.200}")
    return array[()]


def _at(function: Function, trials: Sequence[Drawn]) -> Array:
    return np.array([function(**point) for point in trials])


def _tolerance(got: Array, right: Array) -> Tolerance:
    return COUNTED if right.dtype.kind in "iu" else tolerance_for(got, right)


def _same(got: _Answer, values: Array, tolerance: Tolerance) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):  # nan and infinity are not values, and differ from all others
        return tolerance.accepts(got.values.astype(np.float64), values)


def _difference(got: _Answer, right: Array, tolerance: Tolerance) -> str:
    wrong = np.flatnonzero(~_same(got, right, tolerance))
    place = int(wrong[0])
    lines = [f"your formula: {got.text!r:.400}"] if got.text else []
    lines.append(f"{_shown(got.points[place]) or 'it'}: expected {right[place]:.10g}, got {got.at(place)}")
    if len(got.points) > 1:
        lines.append(f"it differs at {len(wrong)} of {len(got.points)} points; this is the smallest of them")
    return "\n".join(lines)


def _confusion(got: _Answer, rights: list[Array], confusions: Mapping[str, Function]) -> str:
    for sentence, function in confusions.items():
        wrong = _at(function, got.points)
        tolerance = _tolerance(got.values, wrong)
        if _same(got, wrong, tolerance).all() and not any(tolerance.accepts(wrong, right).all() for right in rights):
            return sentence
    return ""


def _shown(point: Drawn) -> str:
    words = [f"{name} = {value.tolist() if isinstance(value, np.ndarray) else value}" for name, value in point.items()]
    return f"at {', '.join(words)}" if words else ""
