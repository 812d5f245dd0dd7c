"""Functions that a check may request by name on the student's side without PyTorch: random numbers, reused arrays."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..wire.tensors import is_tensor
from .arguments import Imprint


def draw_numbers() -> None:
    """Draw from each generator that the whole process shares: Python's, NumPy's, and PyTorch's if it is loaded.

    Other code may draw from them at any time, which must not affect anything with its own seed or generator.
    """
    random.random()
    np.random.random()
    if (torch := sys.modules.get("torch")) is not None:
        torch.rand(1)


def generator_states() -> list[str]:
    """Return values that distinguish the states of these generators from all others."""
    states = [str(random.getstate()), str(np.random.get_state(legacy=True))]
    if (torch := sys.modules.get("torch")) is not None:
        states.append(str(torch.get_rng_state().tolist()))
    return states


def call_refilled(function: Callable[..., object], others: list[object], arguments: list[object]) -> list[object]:
    """Call a function with `others`, then with `arguments` put into the same arrays.

    Return the second answer, and whether that call has changed what the first one returned. So does a caller who reads
    one batch after the other into the same memory, and keeps what comes back.
    """
    first = function(*others)
    # An answer that shares memory with an argument changes with it.
    given = list(_parts(others))
    apart = [part for part in _parts(first) if not any(_share(part, one) for one in given)]
    values = _refilled(others, arguments)
    before = Imprint(apart, {})
    second = function(*values)
    return [second, bool(before.changed())]


def call_each(function: Callable[..., object], calls: list[list[object]]) -> list[object]:
    """Return a function's answers to each of several calls, in their state after the last."""
    return [function(*arguments) for arguments in calls]


def call_spoilt(function: Callable[..., object], arguments: list[object]) -> object:
    """Call a function twice, and return its second answer, before which all arrays of the first are made other ones.

    So does a caller who goes on computing in the arrays that were returned.
    """
    for part in _parts(function(*arguments)):
        if isinstance(part, np.ndarray) and part.flags.writeable:
            np.add(part, 1, out=part, casting="unsafe")
    return function(*arguments)


def _parts(value: object) -> Iterator[Any]:
    """Yield the arrays and tensors of a value, and its lists and dicts that hold nothing that holds more."""
    kind = type(value)  # `isinstance` would also ask the value for its class, and that may be a lie
    if issubclass(kind, np.ndarray) or is_tensor(value):
        yield value
    elif issubclass(kind, list | tuple | dict):
        items: Any = value
        within = [part for item in (items.values() if issubclass(kind, dict) else items) for part in _parts(item)]
        yield from within if within or issubclass(kind, tuple) else [value]


def _share(one: Any, other: Any) -> bool:
    """Tell whether two of the parts may lie in the same memory."""
    if isinstance(one, list | dict) or isinstance(other, list | dict):
        return one is other
    (start, end), (begin, stop) = _span(one), _span(other)
    return start < stop and begin < end


def _span(value: Any) -> tuple[int, int]:
    """Return the addresses between which an array or a tensor lies."""
    if isinstance(value, np.ndarray):
        return np.lib.array_utils.byte_bounds(value)
    memory = value.untyped_storage()
    return memory.data_ptr(), memory.data_ptr() + memory.nbytes()


def _refilled(old: Any, new: Any) -> Any:
    """Return `new`, in the arrays, tensors, lists and dicts of `old` as far as it fits into them."""
    if type(old) is not type(new):
        return new
    if isinstance(old, np.ndarray) and old.flags.writeable and (old.shape, old.dtype) == (new.shape, new.dtype):
        old[...] = new
        return old
    if is_tensor(old) and (old.shape, old.dtype) == (new.shape, new.dtype):
        old.detach().copy_(new.detach())
        return old
    if isinstance(old, list) and len(old) == len(new):
        old[:] = map(_refilled, old, new)
        return old
    if isinstance(old, dict) and old.keys() == new.keys():
        old.update({key: _refilled(item, new[key]) for key, item in old.items()})
        return old
    return new


class InPlace:
    """Plain gradient descent that changes the parameters it is given, and returns them."""

    def __init__(self, learning_rate: float) -> None:
        self.rate = learning_rate

    def step(self, parameters: np.ndarray, gradient: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """Return the same array, moved against its gradient."""
        parameters -= self.rate * gradient(parameters)
        return parameters


PROPS: dict[str, Callable[..., object]] = {
    prop.__name__: prop for prop in (call_each, call_refilled, call_spoilt, draw_numbers, generator_states, InPlace)
}
