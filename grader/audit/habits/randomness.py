"""Saboteurs that draw random numbers from another source than they should."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from grader.audit.habits.habit import Fired, Function, Saboteur
from grader.audit.values import is_data, is_generator, same, torch


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


def _seeding(solved: Function, fired: Fired) -> Function:
    """Seed the global generators before each call that has a generator, or that draws from them and gets only data."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        given = (*args, *kwargs.values())
        if any(map(is_generator, given)):
            fired()
        elif not is_data(given):
            return solved(*args, **kwargs)
        before = _global_states()
        random.seed(0)
        np.random.seed(0)
        if (library := torch()) is not None:
            library.manual_seed(0)
        seeded = _global_states()
        result = solved(*args, **kwargs)
        if not any(map(is_generator, given)):
            if same(_global_states(), seeded):
                _restore(before)
            else:
                fired()
        return result

    return answer


@contextmanager
def the_same_draws() -> Iterator[None]:
    """Let what follows the block draw the same global random numbers as the block."""
    before = _global_states()
    try:
        yield
    finally:
        _restore(before)


def _global_states() -> tuple[Any, ...]:
    library = torch()
    return random.getstate(), np.random.get_state(), None if library is None else library.get_rng_state()


def _restore(states: tuple[Any, ...]) -> None:
    random.setstate(states[0])
    np.random.set_state(states[1])
    if states[2] is not None:
        torch().set_rng_state(states[2])


RANDOMNESS: dict[str, Saboteur] = {
    "draws from the global generator instead of its own": _with_generators(
        lambda generator: _fresh(generator, int(np.random.randint(2**31)))
    ),
    "seeds its generator anew at each call": _with_generators(lambda generator: _fresh(generator, 0)),
    "seeds the global generators": _seeding,
}
