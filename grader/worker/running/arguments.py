"""Whether a function left its arguments unchanged, checked on the student's side, so that only changes cross back."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ..wire import codec as wire
from ..wire.tensors import is_tensor

Key = int | str
BY_PLACE = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class Imprint:
    """The arguments of one call before it: numbers, shapes, types, the contents of lists and dicts.

    Objects and callables are not examined: a generator or a model in training is meant to be changed.
    """

    def __init__(self, args: Sequence[object], kwargs: Mapping[str, object]) -> None:
        self._arguments: dict[Key, object] = dict(enumerate(args))
        self._arguments.update(kwargs.items())
        self._before = {key: _print_of(value) for key, value in self._arguments.items() if _can_change(value)}

    def changed(self) -> dict[Key, object]:
        """Return the arguments that have changed, by position or keyword, in their present state."""
        keys = [key for key, before in self._before.items() if _print_of(self._arguments[key]) != before]
        return {key: self._arguments[key] for key in keys}


def names_of(function: Callable[..., object], keys: Sequence[Key]) -> dict[Key, str]:
    """Return the function's own names for these arguments, as far as they can be found."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        parameters = []
    known: dict[Key, str] = {i: one.name for i, one in enumerate(parameters) if one.kind in BY_PLACE}
    return {key: known.get(key, str(key)) for key in keys if key in known or isinstance(key, str)}


def _can_change(value: object) -> bool:
    """Return roughly what can be changed in place: a false positive only costs time."""
    return isinstance(value, np.ndarray | list | tuple | dict) or is_tensor(value)


def _print_of(value: object) -> object:
    """Return something that is equal for equal values, and cheap to make: most arguments are plain arrays."""
    if type(value) is np.ndarray and not value.dtype.hasobject:
        return value.dtype, value.shape, value.strides, value.tobytes()
    try:
        crossing = wire.encode(value, _no_further)
        return crossing + wire.encode(list(_gradients(value)), _no_further)
    except wire.WireError:  # what came in could cross; this has grown beyond that
        return b""


def _no_further(_: object) -> wire.Handle:
    return wire.Handle(0, "")


def _gradients(value: Any) -> Iterator[object]:
    """Yield the `.grad` of a tensor, or of those in lists, tuples and dicts."""
    if is_tensor(value):
        yield value.grad if value.is_leaf else None
    elif isinstance(value, list | tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _gradients(item)
