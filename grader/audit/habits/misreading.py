"""Saboteurs that misread an extreme argument."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from grader.audit.habits.habit import Fired, Function, Saboteur
from grader.audit.habits.randomness import the_same_draws
from grader.audit.values import changed, copied, is_array, is_data, is_float, is_tensor, nearly_same, same

FAR, TINY, MOST = 100.0, 1e-6, 100
# What a zero becomes: more than rounding, even if a function is flat at zero and its values change by the square.
NOT_ZERO = 0.05
Arguments = tuple[tuple[Any, ...], dict[str, Any]]


def _rewriting(rewrite: Callable[[Function, Arguments], Arguments]) -> Saboteur:
    """Return a saboteur that calls the function with other arguments; it fires if that changes the answer.

    Whether it does is known if all arguments are data. If one is an object or a callable, calling the right function as
    well would leave traces, so any other argument counts.
    """

    def saboteur(solved: Function, fired: Fired) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            given: Arguments = args, kwargs
            other = rewrite(solved, given)
            if same(other, given):
                return solved(*args, **kwargs)
            if not is_data(given):
                fired()
                return solved(*other[0], **other[1])
            right_args, right_kwargs = copied(given)
            with the_same_draws():
                right = solved(*right_args, **right_kwargs)
            result = solved(*other[0], **other[1])
            if not nearly_same(result, right):
                fired()
            return result

        return answer

    return saboteur


def _misreading(misread: Callable[[Any], Any]) -> Saboteur:
    """Return a saboteur that reads each argument as `misread` does."""

    def rewrite(solved: Function, given: Arguments) -> Arguments:
        args, kwargs = given
        return tuple(map(misread, args)), {name: misread(value) for name, value in kwargs.items()}

    return _rewriting(rewrite)


def _on_floats(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def misread(value: Any) -> Any:
        is_many = is_array(value) or is_tensor(value)
        return change(value) if is_many and is_float(value) and 0 not in value.shape else value

    return misread


def _in_memory_order(value: Any) -> Any:
    if not is_array(value) or value.ndim < 2 or value.flags.c_contiguous:
        return value
    return value.ravel("K").reshape(value.shape)


def _or_default(solved: Function, given: Arguments) -> Arguments:
    """Write ``x or default`` for the first parameter with a default for which that makes a difference."""
    signature = inspect.signature(solved)
    bound = signature.bind(*given[0], **given[1])
    for name, value in bound.arguments.items():
        default = signature.parameters[name].default
        optional = default is not inspect.Parameter.empty and type(value) in {int, float, list, tuple, dict, str}
        if optional and not same(value or default, value):
            bound.arguments[name] = default
            return bound.args, bound.kwargs
    return given


def _on_whole(change: Callable[[int], int]) -> Callable[[Any], Any]:
    return lambda value: change(value) if type(value) is int else value


MISREADING: dict[str, Saboteur] = {
    "takes a whole number modulo ten": _misreading(_on_whole(lambda v: v % 10)),
    "cuts whole numbers off at a hundred": _misreading(_on_whole(lambda v: min(v, MOST))),
    "takes the number 0 for not given": _misreading(lambda v: 0.5 if type(v) is float and v == 0 else v),
    "takes the number 1 for not given": _misreading(lambda v: 0.99 if type(v) is float and v == 1 else v),
    "takes what is 0 or empty for not given": _rewriting(_or_default),
    "clips what it is given far out": _misreading(_on_floats(lambda v: v.clip(-FAR, FAR))),
    "takes tiny numbers for zero": _misreading(_on_floats(lambda v: changed(v, abs(v) < TINY, 0.0))),
    "moves numbers that are exactly zero": _misreading(_on_floats(lambda v: changed(v, v == 0, NOT_ZERO))),
    "reads an array in the order of its memory": _misreading(_in_memory_order),
}
