"""What a check may ask for by name on the student's side without PyTorch: random numbers, arrays used again."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .arguments import Imprint
from .tensors import is_tensor


def draw_numbers() -> None:
    """Draw a number from each generator that all of a process shares: Python's, NumPy's, and PyTorch's if it is loaded.

    Other code draws from them at any time, which must change nothing that has a seed or a generator of its own.
    """
    random.random()
    np.random.random()
    if (torch := sys.modules.get("torch")) is not None:
        torch.rand(1)


def generator_states() -> list[str]:
    """Return what tells the states of these generators from all others."""
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
    # Where an answer lies in an argument's memory, it changes with that.
    apart = [part for part in _arrays(first) if not any(np.may_share_memory(part, one) for one in _arrays(others))]
    values = _refilled(others, arguments)
    before = Imprint(apart, {})
    second = function(*values)
    return [second, bool(before.changed())]


def call_each(function: Callable[..., object], calls: list[list[object]]) -> list[object]:
    """Return what a function answers to each of several calls, as all of it is after the last."""
    return [function(*arguments) for arguments in calls]


def _arrays(value: object) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, list | tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _arrays(item)


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
    prop.__name__: prop for prop in (call_each, call_refilled, draw_numbers, generator_states, InPlace)
}
