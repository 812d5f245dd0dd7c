"""Saboteurs that remember what they should not, or forget what they should remember."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from grader.audit.habits.habit import Fired, Function, Saboteur
from grader.audit.values import copied, form, is_array, is_data, nearly_same, same

# After how many calls: more than small examples make.
LATE = 3


def _remembering(key: Callable[[tuple[Any, ...]], object]) -> Saboteur:
    """Return a saboteur that returns the first result again if `key` cannot distinguish a call from the first one."""

    def saboteur(solved: Function, fired: Fired) -> Function:
        known: dict[object, Any] = {}

        def answer(*args: Any, **kwargs: Any) -> Any:
            result = solved(*args, **kwargs)
            seen = copied(known.setdefault(key((*args, *kwargs.values())), copied(result)))
            if not nearly_same(seen, result):
                fired()
                return seen
            return result

        return answer

    return saboteur


def _remembers_by_address(solved: Function, fired: Fired) -> Function:
    known: list[tuple[tuple[Any, ...], Any]] = []  # keeps the arguments, so that no later ones get their addresses

    def answer(*args: Any, **kwargs: Any) -> Any:
        result, values = solved(*args, **kwargs), tuple(v for v in (*args, *kwargs.values()) if is_array(v))
        if not values:
            return result
        for others, seen in known:
            if len(others) == len(values) and all(map(operator.is_, others, values)):
                if not nearly_same(seen, result):
                    fired()
                return copied(seen)
        known.append((values, copied(result)))
        return result

    return answer


def _keeps_state(solved: Function) -> bool:
    """Return whether this is a method, whose first argument is its own object, and not a function or a constructor."""
    home = solved.__qualname__.rpartition(".")[0]
    return bool(home) and not home.endswith("<locals>") and solved.__name__ != "__init__"


def _state(self: Any) -> dict[str, Any]:
    """Return a copy of an object's data; another object in it is not part of its own state."""
    return {name: copied(value) for name, value in vars(self).items() if is_data(value)}


def _forgetful(solved: Function, fired: Fired) -> Function:
    calls: dict[int, tuple[Any, int, dict[str, Any]]] = {}
    is_method = _keeps_state(solved)

    def answer(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_method:
            return solved(self, *args, **kwargs)
        _, count, first = calls.setdefault(id(self), (self, 0, _state(self)))
        calls[id(self)] = (self, count + 1, first)
        if count == LATE and not same(_state(self), first):
            fired()
            vars(self).update(copied(first))
        return solved(self, *args, **kwargs)

    return answer


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


MEMORY: dict[str, Saboteur] = {
    "remembers its first result for ever": _remembering(lambda values: None),
    "remembers a result by the arguments' shapes": _remembering(lambda values: tuple(map(form, values))),
    "remembers a result by its first argument": _remembering(lambda values: repr(values[:1])),
    "remembers a result by which objects its arguments are": _remembers_by_address,
    "forgets its state after three calls": _forgetful,
    "shares its state with other objects of its class": _shared,
}
