"""Comparing what a student's code returned with what is right, and naming what went wrong.

`assert_close` looks in this order: is it a number or an array of numbers at all, has it the right
shape, is it real where real numbers are asked for, is it finite, has it the right values. The first
that does not hold is reported, so that nobody hunts a wrong value in an array of the wrong shape.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader.checks.failing import fail
from grader.checks.kinds import in_words, object_in
from grader.checks.submission import StudentObject
from grader.checks.wording import told
from grader.worker.tensors import Tensor, as_array
from grader.worker.wire import Handle

Array = NDArray[Any]
# What NumPy takes for an array, or a tensor: torch's, or the engine's that stands for one.
Expected = ArrayLike | Tensor | Any
Confusions = Mapping[str, Expected | Callable[[], Expected]]


@dataclass(frozen=True)
class Tolerance:
    """How far an entry may be off: ``|got - expected| <= absolute + relative * |expected|``."""

    relative: float
    absolute: float

    def accepts(self, got: Array, expected: Array) -> NDArray[np.bool_]:
        """Return, entry by entry, whether `got` is near `expected`; both of one shape."""
        return np.asarray(np.abs(got - expected) <= self.absolute + self.relative * np.abs(expected))


# What arithmetic in single precision may be off by, cast to double on its way out or not: the absolute part in
# units of the largest entry.
ROUNDING = Tolerance(relative=1e-5, absolute=1e-6)
# The same for double precision, with room for sums in any order; and what no single precision gets to.
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
) -> None:
    """Fail with a helpful `CheckFailed` unless `got` is, but for rounding, `expected`.

    `got` may be an array, a NumPy scalar, a number, or (nested) lists or tuples of numbers, in any
    precision. Where `expected` is a torch tensor it must be a tensor, and nowhere else. `expected` is
    finite and not empty. `what` names the thing for the student ("the
    path"). `confusions` maps a sentence to the answer that this misconception gives, or to a function
    that computes it; the first that `got` equals, and that differs from `expected`, is named.

    Unless given, ``rtol`` is 1e-5, and ``atol``, for entries that cancel out, 1e-6 of the largest
    expected entry. Single precision inside keeps to that, whatever dtype is returned: the style is free,
    and the mistakes looked for are of 1e-3 and more. Where either dtype is float32, ``rtol`` is the square
    root of its epsilon, 3.5e-4, and ``atol`` 1.2e-5 of the largest entry. Given tolerances only widen these.

    In a large array an entry may be so small beside the largest that this forgives an error of a percent. With
    ``every_entry`` it does so in single precision alone: where most entries are right to 12 digits of the largest,
    the answer was calculated in double precision, and all must be right to 9. `expected` must be so itself.
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
        problem = f"{told(what, 'has')} wrong values"
    else:
        return
    fail(problem, _difference(array, right, tolerance), _confusion(array, right, tolerance, confusions or {}))


def numbers(got: object, *, what: str) -> Array:
    """Return `got` as an array of numbers, in its own dtype; `CheckFailed` if it is anything else.

    In a list or a tuple, tensors are as good as numbers, whether a gradient is asked of them or not.
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
        fail(f"{told(what, 'is')} a list whose rows have unlike lengths, not an array of numbers", f"got: {got!r:.200}")
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
    except RuntimeError:  # torch's own: NumPy takes no tensor of which a gradient is asked
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
        fail(
            f"{told(what, 'is')} {'an array' if isinstance(got, np.ndarray) else 'no tensor'}, expected a torch tensor"
        )
    return numbers(array if array is not None else got, what=what)


def plain(value: Expected) -> Array:
    """Return the numbers of an array, of what makes one, or of a tensor."""
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


def _is_double(got: Array, expected: Array) -> bool:
    """Tell whether most entries, of those that are not 0, show that they were calculated in double precision."""
    if got.shape != expected.shape or not expected.any():
        return False
    with np.errstate(invalid="ignore"):  # infinity and nan are found by whoever asks
        off = np.abs(_wide(got) - _wide(expected))[expected != 0]
    middle = np.partition(off, (off.size - 1) // 2)[(off.size - 1) // 2]
    return bool(middle <= DOUBLE * np.abs(expected).max())


@functools.cache
def _epsilon(dtype: np.dtype[Any]) -> float:
    inexact = np.issubdtype(dtype, np.inexact)
    # Half precision would excuse wrong answers, so it is held to what single precision can do.
    return float(min(np.finfo(dtype if inexact else np.float64).eps, np.finfo(np.float32).eps))


def _wide(array: Array) -> Array:
    return array.astype(np.complex128 if np.iscomplexobj(array) else np.float64)


def _confusion(got: Array, expected: Array, tolerance: Tolerance, confusions: Confusions) -> str:
    if not np.isfinite(got).all():
        return ""
    with np.errstate(all="ignore"):  # a wrong rule may well divide by zero on its way
        for sentence, answer in confusions.items():
            wrong = plain(answer() if callable(answer) else answer)
            if _same(got, wrong, tolerance) and not _same(wrong, expected, tolerance):
                return sentence
    return ""


def _same(one: Array, other: Array, tolerance: Tolerance) -> bool:
    return one.shape == other.shape and bool(tolerance.accepts(_wide(one), _wide(other)).all())


def _both(got: Array, expected: Array) -> str:
    # As many digits as it takes for the two to look unlike; where only corners are shown, those may well be alike.
    for digits in range(6, 18) if max(got.size, expected.size) <= SHOWN else (6,):
        right, wrong = _entries(expected, digits), _entries(got, digits)
        if right != wrong:
            break
    return f"expected {_kind(expected)}{right}\ngot      {_kind(got)}{wrong}"


def _kind(array: Array) -> str:
    return f"{array.dtype} of shape {array.shape}:\n         "


def _entries(array: Array, digits: int) -> str:
    return np.array2string(array, precision=digits, threshold=SHOWN, separator=", ", prefix=" " * 9)


def _difference(got: Array, expected: Array, tolerance: Tolerance) -> str:
    if got.shape != expected.shape:
        return _both(got, expected)
    off = np.abs(_wide(got) - _wide(expected))
    wrong = ~tolerance.accepts(_wide(got), _wide(expected))
    first, worst = (np.unravel_index(each.argmax(), off.shape) for each in (wrong, np.where(wrong, off, 0)))
    lines = [_both(got, expected), f"{wrong.sum()} of {off.size} entries differ"]
    # One line each, or a single one where the first that differs is also the worst.
    for at, name in {worst: "most", first: "first"}.items():
        lines.append(f"  {name}{_place(at)}: expected {expected[at]:.6g}, got {got[at]:.6g}, off by {off[at]:.3g}")
    return "\n".join(lines)


def _place(index: tuple[Any, ...]) -> str:
    return f" at {[int(i) for i in index]}" if index else ""
