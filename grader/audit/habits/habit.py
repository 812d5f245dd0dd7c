"""What a saboteur is, and how to make one from a change of the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.audit.values import same

Function = Callable[..., Any]
Fired = Callable[[], None]
Saboteur = Callable[[Function, Fired], Function]


def spoiling(spoil: Callable[[Any, tuple[Any, ...]], Any]) -> Saboteur:
    """Return a saboteur that changes a result, or each part of a tuple, depending on it and on the arguments."""

    def saboteur(solved: Function, fired: Fired) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            given, result = (*args, *kwargs.values()), solved(*args, **kwargs)
            is_tuple = type(result) is tuple
            spoiled = tuple(spoil(part, given) for part in result) if is_tuple else spoil(result, given)
            if not same(spoiled, result):
                fired()
            return spoiled

        return answer

    return saboteur
