"""Saboteurs that change a result in ways that its form, or that of the arguments, suggests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.audit.habits.habit import Saboteur, spoiling
from grader.audit.values import changed, is_array, is_float, is_real, is_tensor

FAR, MANY = 100.0, 10


def _is_many(value: Any) -> bool:
    return (is_array(value) or is_tensor(value)) and value.ndim > 0


def _clipped(result: Any, args: tuple[Any, ...]) -> Any:
    if type(result) is float:
        return float(np.clip(result, -FAR, FAR))
    return result.clip(-FAR, FAR) if is_float(result) else result


def _ten_at_most(result: Any, args: tuple[Any, ...]) -> Any:
    if not _is_many(result) or len(result) <= MANY or not is_real(result):
        return result
    return changed(result, slice(MANY, None), 0)


def _last_again(result: Any, args: tuple[Any, ...]) -> Any:
    return changed(result, -1, result[-2]) if _is_many(result) and len(result) > MANY else result


def _transposed(result: Any, args: tuple[Any, ...]) -> Any:
    square = _is_many(result) and result.ndim > 1 and result.shape[-1] == result.shape[-2]
    return changed(result.swapaxes(-1, -2)) if square else result


def _squeezed(result: Any, args: tuple[Any, ...]) -> Any:
    one = any(_is_many(value) and len(value) == 1 for value in args)
    return result[0] if one and _is_many(result) and len(result) == 1 else result


def _as_number(result: Any, args: tuple[Any, ...]) -> Any:
    return float(result) if type(result) in {int, bool} else result


def _all_but_the_last(result: Any, args: tuple[Any, ...]) -> Any:
    def short() -> Iterator[Any]:
        before: list[Any] = []
        for item in result:
            yield from before
            before = [item]

    return short() if isinstance(result, Iterator) else result


SPOILING: dict[str, Saboteur] = {
    "clips its result far out": spoiling(_clipped),
    "leaves all but ten rows of its result zero": spoiling(_ten_at_most),
    "repeats the last row but one of a long result": spoiling(_last_again),
    "transposes a square result": spoiling(_transposed),
    "drops the axis of a single sample": spoiling(_squeezed),
    "gives a float for a whole number": spoiling(_as_number),
    "ends before the last of what it gives one by one": spoiling(_all_but_the_last),
}
