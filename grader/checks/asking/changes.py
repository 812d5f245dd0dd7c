"""Functions that change their arguments although the docstring says that they leave them as they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NoReturn, Self

import numpy as np

from grader.checks.asking.failing import fail
from grader.worker.running.requests import Answer
from grader.worker.wire.tensors import as_array

Key = int | str


class Changes:
    """The arguments that functions of one question may change, and the criteria that paid for other changes.

    A change is charged once for each function: to the first criterion whose calls show it. Other criteria use what the
    function returned; each call receives its own arguments, so that no call sees the changes of another.
    """

    def __init__(self, allowed: Collection[str] = (), charged: Mapping[str, str] = {}) -> None:
        self._allowed = frozenset(allowed)
        self._charged = dict(charged)
        self._criterion = ""

    @property
    def any_charged(self) -> bool:
        """Whether a criterion has paid for a change."""
        return bool(self._charged)

    def during(self, criterion: str) -> Self:
        """Begin a check of a criterion."""
        self._criterion = criterion
        return self

    def copy(self) -> Changes:
        """Return a copy for work that is only compared, and pays for nothing."""
        return Changes(self._allowed, self._charged).during(self._criterion)

    def charge(self, function: str, args: Sequence[object], kwargs: Mapping[str, object], answer: Answer) -> None:
        """Raise CheckFailed for what a call has changed, unless it may change it or another criterion has paid.

        `function` is the name of a function or method, ``__call__`` if an object itself was called.
        """
        if function not in self._allowed and self._charged.setdefault(function, self._criterion) == self._criterion:
            given: dict[Key, object] = dict(enumerate(args))
            given.update(kwargs.items())
            _fail(function, given, answer)


def _fail(function: str, given: Mapping[Key, object], answer: Answer) -> NoReturn:
    # Student code can choose by hidden inputs which argument it changes, and its name, so `kind` mentions neither.
    key, now = next(iter(answer.changed.items()))
    name = answer.names.get(key, f"argument {key + 1}" if isinstance(key, int) else key)
    before = given.get(key)
    detail = f"{name}, {_kind(before)}, was changed: {_difference(before, now)}"
    what = "a call of the object" if function == "__call__" else function
    fail(f"{what} changes its arguments, although the docstring says that they are left as they are", detail)


def _kind(value: object) -> str:
    array = _array(value)
    if array is None:
        return f"a {type(value).__name__} of {len(value)}" if isinstance(value, list | tuple | dict) else "an object"
    return f"{'an array' if isinstance(value, np.ndarray) else 'a tensor'} of shape {array.shape}"


def _difference(before: Any, now: Any) -> str:
    """Return in words where two values first differ."""
    first, second = _array(before), _array(now)
    if first is not None and second is not None:
        return _between_arrays(first, second) or _between_tensors(before, now)
    if type(before) is not type(now):
        return f"it is now a {type(now).__name__}"
    if isinstance(before, dict):
        return _between_dicts(before, now)
    if isinstance(before, list | tuple):
        return _between_lists(before, now)
    return f"it was {before!r:.60} and is now {now!r:.60}"


def _between_arrays(before: np.ndarray[Any, Any], now: np.ndarray[Any, Any]) -> str:
    if before.shape != now.shape:
        return f"it now has shape {now.shape}"
    if before.dtype != now.dtype:
        return f"it was {before.dtype} and is now {now.dtype}"
    unlike = (before != now) & ~((before != before) & (now != now))
    if not unlike.any():
        return ""
    place = tuple(int(index[0]) for index in np.nonzero(unlike)) if unlike.ndim else ()
    where = f"entry {list(place)}" if place else "it"
    return f"{where} was {before[place]:.6g} and is now {now[place]:.6g}"


def _between_tensors(before: Any, now: Any) -> str:
    if getattr(before, "requires_grad", False) != getattr(now, "requires_grad", False):
        return f"its requires_grad is now {now.requires_grad}"
    return "its .grad is another now" if hasattr(now, "requires_grad") else "its memory is laid out otherwise now"


def _between_dicts(before: dict[Any, Any], now: dict[Any, Any]) -> str:
    if list(before) != list(now):
        return f"its keys were {list(before)!r:.80} and are now {list(now)!r:.80}"
    return _between_items(before.items(), now)


def _between_lists(before: Any, now: Any) -> str:
    if len(before) != len(now):
        return f"it had {len(before)} items and now has {len(now)}"
    return _between_items(enumerate(before), now)


def _between_items(before: Any, now: Any) -> str:
    said = ((key, _difference(item, now[key])) for key, item in before if not _same(item, now[key]))
    key, words = next(said, ("", "it has changed"))
    return f"item {key!r}: {words}"


def _same(before: Any, now: Any) -> bool:
    first, second = _array(before), _array(now)
    if first is not None and second is not None:
        return not _between_arrays(first, second) and getattr(before, "requires_grad", 0) == getattr(
            now, "requires_grad", 0
        )
    if isinstance(before, list | tuple) and isinstance(now, list | tuple):
        return len(before) == len(now) and all(map(_same, before, now))
    if isinstance(before, dict) and isinstance(now, dict):
        return list(before) == list(now) and all(_same(item, now[key]) for key, item in before.items())
    return type(before) is type(now) and bool(before == now)


def _array(value: object) -> np.ndarray[Any, Any] | None:
    return value if isinstance(value, np.ndarray) else as_array(value)
