"""Ways of being wrong that can be put over any function or method of a solution.

A mutant edits an operator; a saboteur is a habit: an argument is changed, a result is remembered for the wrong reason,
a zero is taken for "not given". Each is a function of the right function and of `fired`, which it calls whenever it
does something that the right one would not have done. One that never fires says nothing about a suite.
"""

from __future__ import annotations

import inspect
import operator
import random
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.audit.values import (
    copied,
    form,
    is_array,
    is_data,
    is_float,
    is_generator,
    is_model,
    is_tensor,
    nearly_same,
    same,
    torch,
)  # fmt: skip

Function = Callable[..., Any]
Fired = Callable[[], None]
Saboteur = Callable[[Function, Fired], Function]

SABOTEURS: dict[str, Saboteur] = {}
# How far is far out, how many are many, and how late is late: beyond what small examples reach.
FAR, MANY, LATE, TINY = 100.0, 10, 3, 1e-6
# What a zero becomes: more than rounding, also where a function is flat at zero and its values change by the square.
NOT_ZERO = 0.05


def _saboteur(name: str) -> Callable[[Saboteur], Saboteur]:
    def listed(saboteur: Saboteur) -> Saboteur:
        SABOTEURS[name] = saboteur
        return saboteur

    return listed


# ── arguments that are changed ────────────────────────────────────────────────────────────────────


def _changing(change: Callable[[Any], bool]) -> Saboteur:
    """Return a saboteur that changes the first argument that can be, after the work is done."""

    def saboteur(solved: Function, fired: Fired) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            result = solved(*args, **kwargs)
            if any(change(value) for value in (*args, *kwargs.values())):
                fired()
            return result

        return answer

    return saboteur


def _write(value: Any) -> bool:
    if is_array(value) and value.size and value.flags.writeable and value.dtype.kind in "iuf":
        value.flat[0] += 1
        return True
    if is_tensor(value) and value.numel() and not value.dtype.is_complex and value.dtype is not torch().bool:
        with torch().no_grad():
            value.view(-1)[0] += 1
        return True
    return False


def _reverse_array(value: Any) -> bool:
    if not (is_array(value) and value.ndim and value.flags.writeable) or np.array_equal(value, value[::-1]):
        return False
    value[...] = value[::-1].copy()
    return True


def _reshape(value: Any) -> bool:
    if not (is_array(value) and value.ndim > 1 and value.flags.c_contiguous):
        return False
    value.resize((value.size,), refcheck=False)
    return True


def _reverse_list(value: Any) -> bool:
    if type(value) is not list or len(value) < 2:
        return False
    value.reverse()
    return True


def _fill_dict(value: Any) -> bool:
    if type(value) is not dict:
        return False
    value["seen"] = True
    return True


for _name, _change in {
    "writes to an array that it was given": _write,
    "reverses an array that it was given": _reverse_array,
    "flattens an array that it was given": _reshape,
    "reverses a list that it was given": _reverse_list,
    "adds to a dict that it was given": _fill_dict,
}.items():
    SABOTEURS[_name] = _changing(_change)


# ── what is remembered ────────────────────────────────────────────────────────────────────────────


def _remembering(key: Callable[[tuple[Any, ...]], object]) -> Saboteur:
    """Return a saboteur that gives the first result again to whatever `key` cannot tell from the first call."""

    def saboteur(solved: Function, fired: Fired) -> Function:
        known: dict[object, Any] = {}

        def answer(*args: Any, **kwargs: Any) -> Any:
            result = solved(*args, **kwargs)
            seen = copied(known.setdefault(key((*args, *kwargs.values())), copied(result)))
            if not same(seen, result):
                fired()
                return seen
            return result

        return answer

    return saboteur


SABOTEURS["remembers its first result for ever"] = _remembering(lambda values: None)
SABOTEURS["remembers a result by the arguments' shapes"] = _remembering(lambda values: tuple(map(form, values)))
SABOTEURS["remembers a result by its first argument"] = _remembering(lambda values: repr(values[:1]))


@_saboteur("remembers a result by which objects its arguments are")
def _remembers_by_address(solved: Function, fired: Fired) -> Function:
    known: list[tuple[tuple[Any, ...], Any]] = []  # holds the arguments, so that no later ones are where they were

    def answer(*args: Any, **kwargs: Any) -> Any:
        result, values = solved(*args, **kwargs), tuple(v for v in (*args, *kwargs.values()) if is_array(v))
        if not values:
            return result
        for others, seen in known:
            if len(others) == len(values) and all(map(operator.is_, others, values)):
                if not same(seen, result):
                    fired()
                return copied(seen)
        known.append((values, copied(result)))
        return result

    return answer


def _keeps_state(solved: Function) -> bool:
    """Tell a method, whose first argument is its own object, from a function and from a constructor."""
    home = solved.__qualname__.rpartition(".")[0]
    return bool(home) and not home.endswith("<locals>") and solved.__name__ != "__init__"


@_saboteur("forgets its state after three calls")
def _forgetful(solved: Function, fired: Fired) -> Function:
    calls: dict[int, tuple[Any, int, dict[str, Any]]] = {}
    is_method = _keeps_state(solved)

    def answer(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_method:
            return solved(self, *args, **kwargs)
        _, count, first = calls.setdefault(id(self), (self, 0, copied(vars(self))))
        calls[id(self)] = (self, count + 1, first)
        if count == LATE and not same(vars(self), first):
            fired()
            vars(self).update(copied(first))
        return solved(self, *args, **kwargs)

    return answer


@_saboteur("shares its state with other objects of its class")
def _shared(solved: Function, fired: Fired) -> Function:
    state: dict[str, Any] = {}
    is_method = _keeps_state(solved)

    def answer(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_method:
            return solved(self, *args, **kwargs)
        if state and not same(state, vars(self)):
            fired()
            vars(self).update(state)
        result = solved(self, *args, **kwargs)
        state.update(vars(self))
        return result

    return answer


# ── legal extremes ────────────────────────────────────────────────────────────────────────────────


def _misreading(misread: Callable[[Any], Any]) -> Saboteur:
    """Return a saboteur that reads each argument as `misread` has it; it fires where that changes the answer.

    Whether it does is known where all arguments are data. Where one is an object or a callable, asking the right
    function as well would leave its traces, and any misreading counts.
    """

    def saboteur(solved: Function, fired: Fired) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            other = [misread(value) for value in args]
            named = {key: misread(value) for key, value in kwargs.items()}
            if all(map(same, other, args)) and all(map(same, named.values(), kwargs.values())):
                return solved(*args, **kwargs)
            pure = all(map(is_data, (*args, *kwargs.values())))
            right = solved(*copied(args), **copied(kwargs)) if pure else None
            result = solved(*other, **named)
            if not (pure and nearly_same(result, right)):
                fired()
            return result

        return answer

    return saboteur


def _on_floats(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: change(value) if is_array(value) and value.dtype.kind == "f" and value.size else value


def _in_memory_order(value: Any) -> Any:
    if not is_array(value) or value.ndim < 2 or value.flags.c_contiguous:
        return value
    return value.ravel("K").reshape(value.shape)


for _name, _misread in {
    "takes the number 0 for not given": lambda v: 0.5 if type(v) is float and v == 0 else v,
    "takes the number 1 for not given": lambda v: 0.99 if type(v) is float and v == 1 else v,
    "clips what it is given far out": _on_floats(lambda v: np.clip(v, -FAR, FAR)),
    "takes tiny numbers for zero": _on_floats(lambda v: np.where(np.abs(v) < TINY, 0.0, v)),
    "moves numbers that are exactly zero": _on_floats(lambda v: np.where(v == 0, NOT_ZERO, v)),
    "reads an array in the order of its memory": _in_memory_order,
}.items():
    SABOTEURS[_name] = _misreading(_misread)


def _spoiling(spoil: Callable[[Any, tuple[Any, ...]], Any]) -> Saboteur:
    """Return a saboteur that spoils a result where its own form or that of the arguments invites to."""

    def saboteur(solved: Function, fired: Fired) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            result = solved(*args, **kwargs)
            spoiled = spoil(result, (*args, *kwargs.values()))
            if not same(spoiled, result):
                fired()
            return spoiled

        return answer

    return saboteur


def _clipped(result: Any, args: tuple[Any, ...]) -> Any:
    clipped = np.clip(result, -FAR, FAR) if is_float(result) else result
    return float(clipped) if type(result) is float else clipped


def _ten_at_most(result: Any, args: tuple[Any, ...]) -> Any:
    if not is_array(result) or result.ndim == 0 or len(result) <= MANY or result.dtype.kind not in "iuf":
        return result
    return np.concatenate([result[:MANY], np.zeros_like(result[MANY:])])


def _last_again(result: Any, args: tuple[Any, ...]) -> Any:
    if not is_array(result) or result.ndim == 0 or len(result) <= MANY:
        return result
    return np.concatenate([result[:-1], result[-2:-1]])


def _transposed(result: Any, args: tuple[Any, ...]) -> Any:
    square = is_array(result) and result.ndim > 1 and result.shape[-1] == result.shape[-2]
    return np.swapaxes(result, -1, -2).copy() if square else result


def _squeezed(result: Any, args: tuple[Any, ...]) -> Any:
    one = any(is_array(value) and value.ndim and len(value) == 1 for value in args)
    return result[0] if one and is_array(result) and result.ndim and len(result) == 1 else result


def _as_number(result: Any, args: tuple[Any, ...]) -> Any:
    return float(result) if type(result) in {int, bool} else result


for _name, _spoil in {
    "clips its result far out": _clipped,
    "leaves all but ten rows of its result zero": _ten_at_most,
    "repeats the last row but one of a long result": _last_again,
    "transposes a square result": _transposed,
    "drops the axis of a single sample": _squeezed,
    "gives a float for a whole number": _as_number,
}.items():
    SABOTEURS[_name] = _spoiling(_spoil)


# ── random numbers ────────────────────────────────────────────────────────────────────────────────


def _with_generators(exchange: Callable[[Any], Any]) -> Saboteur:
    def saboteur(solved: Function, fired: Fired) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            if not any(map(is_generator, (*args, *kwargs.values()))):
                return solved(*args, **kwargs)
            fired()
            given = {key: exchange(v) if is_generator(v) else v for key, v in kwargs.items()}
            return solved(*(exchange(v) if is_generator(v) else v for v in args), **given)

        return answer

    return saboteur


def _fresh(generator: Any, seed: int) -> Any:
    if isinstance(generator, np.random.Generator):
        return np.random.default_rng(seed)
    return torch().Generator().manual_seed(seed)


SABOTEURS["draws from the global generator instead of its own"] = _with_generators(
    lambda generator: _fresh(generator, int(np.random.randint(2**31)))
)
SABOTEURS["seeds its generator anew at each call"] = _with_generators(lambda generator: _fresh(generator, 0))


@_saboteur("seeds the global generators")
def _seeding(solved: Function, fired: Fired) -> Function:
    def answer(*args: Any, **kwargs: Any) -> Any:
        if any(map(is_generator, (*args, *kwargs.values()))):
            fired()
            random.seed(0)
            np.random.seed(0)
            if (library := torch()) is not None:
                library.manual_seed(0)
        return solved(*args, **kwargs)

    return answer


# ── models of PyTorch ─────────────────────────────────────────────────────────────────────────────


def _after_a_model(change: Callable[[Any], bool]) -> Saboteur:
    def saboteur(solved: Function, fired: Fired) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            result = solved(*args, **kwargs)
            if sum(change(value) for value in (*args, *kwargs.values()) if is_model(value)):
                fired()
            return result

        return answer

    return saboteur


def _all_in_one_mode(model: Any) -> bool:
    mixed = any(part.training != model.training for part in model.modules())
    model.train(model.training)
    return mixed


def _training(model: Any) -> bool:
    was = all(part.training for part in model.modules())
    model.train()
    return not was


def _without_gradients(model: Any) -> bool:
    there = [parameter for parameter in model.parameters() if parameter.grad is not None]
    for parameter in there:
        parameter.grad = None
    return bool(there)


for _name, _left in {
    "puts all parts of a model into the mode of the whole": _all_in_one_mode,
    "leaves a model in training mode": _training,
    "deletes the gradients of a model": _without_gradients,
}.items():
    SABOTEURS[_name] = _after_a_model(_left)


@_saboteur("leaves a tensor requiring a gradient")
def _requiring(solved: Function, fired: Fired) -> Function:
    def answer(*args: Any, **kwargs: Any) -> Any:
        result = solved(*args, **kwargs)
        for value in (*args, *kwargs.values()):
            if is_tensor(value) and value.is_leaf and value.is_floating_point() and not value.requires_grad:
                value.requires_grad_()
                fired()
        return result

    return answer


def put_over(name: str, solved: Function, fired: Fired) -> Function:
    """Return `solved` with the saboteur of that name over it; to a reader of signatures it is the same function."""
    sabotaged = SABOTEURS[name](solved, fired)
    sabotaged.__signature__ = inspect.signature(solved)  # type: ignore[attr-defined]
    sabotaged.__name__ = solved.__name__
    return sabotaged
