"""Comparing what a student's code returned with the right answer, and naming what is wrong with it.

`assert_close` checks in this order: is it a number or an array of numbers at all, does it have the right shape, is it
real if real numbers are asked for, is it finite, does it have the right values. The first problem is reported, so that
nobody searches for a wrong value in an array of the wrong shape.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader.checks.asking.failing import CheckFailed, Compared, fail
from grader.checks.asking.objects import StudentObject
from grader.checks.comparing.kinds import in_words, object_in
from grader.checks.comparing.relations import relation
from grader.checks.comparing.wording import WRONG_VALUES, told
from grader.worker.wire.codec import Handle
from grader.worker.wire.tensors import Tensor, as_array

Array = NDArray[Any]
# What NumPy takes for an array, or a tensor: torch's, or the engine's own that represents one.
Expected = ArrayLike | Tensor | Any


class Landscape(Protocol):
    """A quadratic function of two parameters, e.g. `grader.checks.Quadratic`: its Hessian and its minimum."""

    @property
    def matrix(self) -> Array:
        """The Hessian, of shape (2, 2)."""

    @property
    def minimum(self) -> Sequence[float]:
        """The point of shape (2,) at which it is smallest."""


Confusions = Mapping[str, Expected | Callable[[], Expected]]


@dataclass(frozen=True)
class Tolerance:
    """How much an entry may differ: ``|got - expected| <= absolute + relative * |expected|``."""

    relative: float
    absolute: float

    def accepts(self, got: Array, expected: Array) -> NDArray[np.bool_]:
        """Return, entry by entry, whether `got` is close to `expected`; both have one shape."""
        return np.asarray(np.abs(got - expected) <= self.absolute + self.relative * np.abs(expected))


# The error that arithmetic in single precision may have, even if it is cast to double at the end: the absolute part is
# relative to the largest entry.
ROUNDING = Tolerance(relative=1e-5, absolute=1e-6)
# The same for double precision, with room for sums in any order; and what no single precision reaches.
FINE, DOUBLE = Tolerance(relative=1e-9, absolute=1e-10), 1e-12
# Of larger arrays only the corners are shown.
SHOWN = 60


def assert_close(
    got: object,
    expected: Expected,
    *,
    what: str,
    rtol: float | None = None,
    atol: float | None = None,
    confusions: Confusions | None = None,
    every_entry: bool = False,
    over: Landscape | None = None,
) -> None:
    """Fail with a helpful `CheckFailed` unless `got` equals `expected`, except for rounding.

    `got` may be an array, a NumPy scalar, a number, or (nested) lists or tuples of numbers, in any precision. If and
    only if `expected` is a torch tensor, `got` must be a tensor. `expected` is finite and not empty. `what` names the
    quantity for the student ("the path"). `confusions` maps a sentence to the answer of this misconception, or to a
    function that computes it; the first that equals `got` but not `expected` is named.

    By default, ``rtol`` is 1e-5, and ``atol``, for entries that cancel out, is 1e-6 of the largest expected entry.
    Single precision inside a function keeps to that, whatever dtype it returns: the style is free, and the mistakes to
    be found are of 1e-3 and more. If either dtype is float32, ``rtol`` is the square root of its epsilon, 3.5e-4, and
    ``atol`` is 1.2e-5 of the largest entry. Given tolerances can only be wider.

    In a large array an entry may be so small compared with the largest that this accepts an error of a percent. With
    ``every_entry`` that is accepted in single precision only: if most entries are right to 12 digits of the largest,
    the answer was calculated in double precision, and all must be right to 9. `expected` must be in double precision
    itself.

    On a student's computer a picture shows both if they have one shape and several entries. `over` is the quadratic
    function whose contours are drawn underneath, if they are paths of shape (n, 2).
    """
    right = _expectation(expected)
    array = tensor_numbers(got, what=what) if as_array(expected) is not None else numbers(got, what=what)
    tolerance = tolerance_for(array, right, rtol, atol)
    if every_entry and _is_double(array, right):
        tolerance = Tolerance(FINE.relative, FINE.absolute * float(np.abs(right).max()))
    if array.shape != right.shape:
        problem = f"{told(what, 'has')} the wrong shape"
    elif np.iscomplexobj(array) and not np.iscomplexobj(right):
        fail(f"{told(what, 'is')} complex where real numbers are asked for", _both(array, right))
    elif not np.isfinite(array).all():
        fail(f"{told(what, 'holds')} nan or infinity", _both(array, right))
    elif not tolerance.accepts(_wide(array), _wide(right)).all():
        cut = array.dtype.kind in "iu" and bool((right != np.rint(right)).any())
        problem = f"{told(what, 'has')} {WRONG_VALUES}{', whole numbers where fractions are expected' * cut}"
    else:
        return
    named = _confusion(array, right, tolerance, confusions or {})
    found = _difference(array, right, tolerance)
    if not named and array.shape == right.shape:
        related = relation(_wide(array), _wide(right), functools.partial(_same, tolerance=tolerance))
        found = f"{related}\n{found}" if related else found
    raise CheckFailed(problem, found, named, _compared(what, array, right, over))


def numbers(got: object, *, what: str) -> Array:
    """Return `got` as an array of numbers, in its own dtype; `CheckFailed` if it is anything else.

    In a list or a tuple, tensors are as good as numbers, whether they require a gradient or not.
    """
    if got is None:
        fail(f"{told(what, 'is')} None: nothing was returned")
    if isinstance(got, (StudentObject, Handle)):
        fail(f"{told(what, 'is')} {in_words(got)}, not a plain array of numbers", f"got: {got!r}")
    if isinstance(got, (dict, str, bytes)):
        fail(f"{what} is a {type(got).__name__}, not an array of numbers", f"got: {got!r:.200}")
    if as_array(got) is not None:
        fail(f"{told(what, 'is')} a torch tensor, expected an array")
    try:
        array = _joined(got)
    except (ValueError, TypeError, OverflowError, RecursionError):
        _demand_no_object(got, what=what)
        fail(f"{told(what, 'is')} a list of rows of different lengths, not an array of numbers", f"got: {got!r:.200}")
    if array.dtype.kind not in "iufc":
        _demand_no_object(got, what=what)
        fail(f"{told(what, 'does')} not consist of numbers", f"got {array.dtype}: {got!r:.200}")
    return array


def _demand_no_object(got: object, *, what: str) -> None:
    if (inside := object_in(got)) is not None:
        fail(f"{told(what, 'holds')} {in_words(inside)}, not plain arrays or numbers alone", f"got: {got!r:.200}")


def _joined(got: object) -> Array:
    try:
        array = np.asarray(got)
    except RuntimeError:  # torch's own: NumPy does not accept a tensor that requires a gradient
        return np.asarray(_without_tensors(got))
    return np.asarray(_without_tensors(got)) if array.dtype.kind == "O" else array


def _without_tensors(got: object) -> object:
    if isinstance(got, list | tuple):
        return [_without_tensors(each) for each in got]
    array = as_array(got)
    return got if array is None else array


def tensor_numbers(got: object, *, what: str) -> Array:
    """Return the numbers of a torch tensor, in its own dtype; `CheckFailed` if `got` is anything else.

    A Python number is as good as a tensor without dimensions.
    """
    array = as_array(got)
    if array is None and not isinstance(got, int | float | complex):
        array = numbers(got, what=what)
        found = "an array" if isinstance(got, np.ndarray) else "not a tensor"
        fail(f"{told(what, 'is')} {found}, expected a torch tensor")
    return numbers(array if array is not None else got, what=what)


def plain(value: Expected) -> Array:
    """Return the numbers of an array, of what can become one, or of a tensor."""
    array = as_array(value)
    return np.asarray(value) if array is None else array


def _expectation(expected: Expected) -> Array:
    right = plain(expected)
    if right.size == 0 or not np.isfinite(right).all():
        raise ValueError("assert_close needs something finite to compare with, or it would prove nothing")
    return right


def tolerance_for(got: Array, expected: Array, rtol: float | None = None, atol: float | None = None) -> Tolerance:
    """Return the tolerance that `assert_close` describes."""
    epsilon = max(_epsilon(got.dtype), _epsilon(expected.dtype))
    largest = float(np.abs(_wide(expected)).max())
    relative, absolute = max(ROUNDING.relative, epsilon**0.5), max(ROUNDING.absolute, 100 * epsilon)
    return Tolerance(max(rtol or 0.0, relative), max(atol or 0.0, absolute * largest))


def _compared(what: str, got: Array, expected: Array, over: Landscape | None) -> Compared | None:
    if got.shape != expected.shape or np.iscomplexobj(got) or np.iscomplexobj(expected):
        return None
    beneath = None if over is None else (over.matrix, np.asarray(over.minimum))
    return Compared(what, expected, got, beneath)


def _is_double(got: Array, expected: Array) -> bool:
    """Return whether most nonzero entries show that they were calculated in double precision."""
    if got.shape != expected.shape or not expected.any():
        return False
    with np.errstate(invalid="ignore"):  # the caller detects infinity and nan
        off = np.abs(_wide(got) - _wide(expected))[expected != 0]
    middle = np.partition(off, (off.size - 1) // 2)[(off.size - 1) // 2]
    return bool(middle <= DOUBLE * np.abs(expected).max())


@functools.cache
def _epsilon(dtype: np.dtype[Any]) -> float:
    inexact = np.issubdtype(dtype, np.inexact)
    # Half precision would excuse wrong answers, so it is held to the tolerance of single precision.
    return float(min(np.finfo(dtype if inexact else np.float64).eps, np.finfo(np.float32).eps))


def _wide(array: Array) -> Array:
    return array.astype(np.complex128 if np.iscomplexobj(array) else np.float64)


def _confusion(got: Array, expected: Array, tolerance: Tolerance, confusions: Confusions) -> str:
    if not np.isfinite(got).all():
        return ""
    with np.errstate(all="ignore"):  # a wrong rule may divide by zero on its way
        for sentence, answer in confusions.items():
            wrong = plain(answer() if callable(answer) else answer)
            if wrong.size == expected.size == 1:
                wrong = wrong.reshape(expected.shape)
            if _same(got, wrong, tolerance) and not _same(wrong, expected, tolerance):
                return sentence
    return ""


def _same(one: Array, other: Array, tolerance: Tolerance) -> bool:
    return one.shape == other.shape and bool(tolerance.accepts(_wide(one), _wide(other)).all())


def _both(got: Array, expected: Array) -> str:
    # Enough digits for the two to look different; if only corners are shown, those may be equal.
    for digits in range(6, 18) if max(got.size, expected.size) <= SHOWN else (6,):
        right, wrong = _entries(expected, digits), _entries(got, digits)
        if right != wrong:
            break
    return f"expected {_kind(expected)}{right}\ngot      {_kind(got)}{wrong}"


def _kind(array: Array) -> str:
    if array.shape == ():
        return "the number " if array.dtype == np.float64 else f"the {array.dtype} number "
    return f"{array.dtype} of shape {array.shape}:\n         "


def _entries(array: Array, digits: int) -> str:
    return np.array2string(array, precision=digits, threshold=SHOWN, separator=", ", prefix=" " * 9)


def _difference(got: Array, expected: Array, tolerance: Tolerance) -> str:
    if got.shape != expected.shape:
        return _both(got, expected)
    off = np.abs(_wide(got) - _wide(expected))
    if off.shape == ():
        return f"{_both(got, expected)}\n  off by {off:.3g}"
    wrong = ~tolerance.accepts(_wide(got), _wide(expected))
    first, worst = (np.unravel_index(each.argmax(), off.shape) for each in (wrong, np.where(wrong, off, 0)))
    lines = [_both(got, expected), f"{wrong.sum()} of {off.size} entries differ"]
    # One line each, or a single one if the first that differs also has the largest error.
    for at, name in {worst: "most", first: "first"}.items():
        lines.append(f"  {name}{_place(at)}: expected {expected[at]:.6g}, got {got[at]:.6g}, off by {off[at]:.3g}")
    return "\n".join(lines)


def _place(index: tuple[Any, ...]) -> str:
    return f" at {[int(i) for i in index]}" if index else ""
