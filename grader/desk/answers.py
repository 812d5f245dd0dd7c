"""Digests of wrong answers that are the same for everyone who made a mistake, on any computer.

Numbers are rounded to 6 digits relative to the largest in the same array, or to 4 in single precision. Two computers
that add numbers in a different order may round a number near a rounding boundary differently; such answers are not
`steady`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from grader.checks.comparing.alike import as_numbers
from grader.worker.wire.figures import Figure
from grader.worker.wire.tensors import as_array

Real = NDArray[np.float64]
DIGITS, DIGITS_SINGLE = 6, 4
# How much the order of additions may change a number, relative to the largest one.
NOISE, NOISE_SINGLE = 1e-10, 2e-6
# A larger array is represented by this many weighted sums: with fewer numbers, fewer are close to a boundary.
SUMS = 8
# A smaller number is taken for a zero with a rounding error.
NOTHING = 1e-12
# Exponents change here and not at 1, because checks are full of round numbers, which are far from this boundary.
FIRST = 11**0.5
# The digits that a fraction counts for if numerator and denominator are below ROUND_BELOW, the digits that are enough
# to distinguish a mistake from all that nobody has thought of, and how many numbers are examined.
ROUND, ROUND_BELOW, ENOUGH, FEW = 2, 100, 6, 100
RAISED = "raised "


def digest(events: Sequence[object]) -> bytes | None:
    """Return a digest that distinguishes answers, or None if they are of a kind that nobody gives twice."""
    words = _words(events, 0.0)
    return None if words is None else hashlib.sha256(words.encode()).digest()


def is_steady(events: Sequence[object]) -> bool:
    """Return whether the answers keep their digest when numbers are added in a different order."""
    return len({_words(events, side) for side in (-1.0, 0.0, 1.0)}) == 1


def digits_told(events: Sequence[object]) -> int:
    """Return about how many digits of information the numbers among the answers carry, at most `ENOUGH`.

    Many mistakes lead to a small whole number or a fraction such as 3/8, so these count two digits; zero counts none,
    any other number six. A number that occurs several times counts once.
    """
    if any(isinstance(event, str) and event.startswith(RAISED) for event in events):
        return 0
    told, known = 0, set[float]()
    for numbers in _all_numbers(events):
        for number in numbers[np.isfinite(numbers)].ravel()[:FEW]:
            near = float(f"{abs(number):.{DIGITS}g}")
            told += 0 if near in known or near < NOTHING else ROUND if _is_round(near) else DIGITS
            known.add(near)
            if told >= ENOUGH:
                return ENOUGH
    return told


def _is_round(number: float) -> bool:
    share = Fraction(number).limit_denominator(ROUND_BELOW)
    return share.numerator < ROUND_BELOW and abs(float(share) - number) <= 10.0**-DIGITS * number


def has_words(value: object) -> bool:
    """Return whether the answers contain text, e.g. the stages of a decomposition: right texts may differ."""
    if isinstance(value, dict):
        return any(map(has_words, (*value, *value.values())))
    return any(map(has_words, value)) if isinstance(value, (list, tuple)) else isinstance(value, str)


def _words(value: object, side: float) -> str | None:
    """Return a value as text, with its numbers shifted by the noise to one `side`; None for a figure."""
    if isinstance(value, Figure):
        return None
    if isinstance(value, str):  # each author words the message of an exception differently
        return repr(value.partition(":")[0] if value.startswith(RAISED) else value)
    if (array := _numbers(value)) is not None:
        return _number_words(array, side)
    if isinstance(value, dict):
        return _joined([part for key in sorted(value, key=str) for part in (str(key), _words(value[key], side))])
    if isinstance(value, (list, tuple)):
        return _joined([_words(item, side) for item in value])
    return repr(value) if isinstance(value, (bytes, type(None))) else type(value).__name__


def _joined(parts: Sequence[str | None]) -> str | None:
    known = [part for part in parts if part is not None]
    return f"[{' '.join(known)}]" if len(known) == len(parts) else None


def _numbers(value: object) -> NDArray[np.generic] | None:
    """Return the numbers of an array, a tensor or what can become one; complex numbers as pairs."""
    array = as_numbers(value)
    if array is None or array.dtype.kind != "c":
        return array
    return np.stack([array.real, array.imag], axis=-1)


def _number_words(array: NDArray[np.generic], side: float) -> str:
    single = array.dtype.kind == "f" and array.dtype.itemsize < 8
    noise, digits = (NOISE_SINGLE, DIGITS_SINGLE) if single else (NOISE, DIGITS)
    finite = np.isfinite(array.astype(np.float64))
    known = _few(np.where(finite, array, 0).astype(np.float64).ravel())
    largest = float(np.abs(known).max(initial=0.0))
    odd = "" if finite.all() else hashlib.sha256(np.packbits(finite).tobytes()).hexdigest()
    if largest < NOTHING:
        return f"{array.shape} {odd} 0"
    moved = known + side * noise * largest
    exponent = int(np.floor(np.log10(np.abs(moved).max() / FIRST)))
    rounded = np.rint(moved / 10.0 ** (exponent - digits + 1)).astype(np.int64)
    return f"{array.shape} {odd} {exponent} {rounded.tolist()}"


def _few(numbers: Real) -> Real:
    return numbers if numbers.size <= SUMS else _weights(numbers.size) @ numbers


@lru_cache(maxsize=64)
def _weights(size: int) -> Real:
    """Return weights of shape (SUMS, size) that are the same on every computer."""
    return np.sin(np.outer(np.arange(1.0, SUMS + 1), np.arange(1.0, size + 1)))


def _all_numbers(value: object) -> Iterator[NDArray[np.float64]]:
    if isinstance(value, np.ndarray) or as_array(value) is not None or isinstance(value, (int, float)):
        array = _numbers(value)
        if array is not None:
            yield array.astype(np.float64)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _all_numbers(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _all_numbers(item)
