"""Names that a question forbids although it allows their package: what replaces them while its code runs.

They are replaced in the package itself, so that it does not matter how code reaches them: an import under another name,
getattr with a constructed text, importlib, sys.modules. Mentioning them is allowed; calling them, deriving from them or
computing with them is `ForbiddenUse`.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from .placeholder import ForbiddenUse, Placeholder

ENGINE = str(Path(__file__).parents[1])


class Forbidden:
    """The dotted names that one question forbids, such as torch.optim or torch.Tensor.backward."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._exchanged: list[_Exchange] = []

    def withhold(self) -> None:
        """Replace all names by stand-ins."""
        for name in self._names:
            for exchange in _exchanges(name):
                exchange.put(exchange.stand_in)
                self._exchanged.append(exchange)

    def give_back(self) -> None:
        """Restore all names."""
        while self._exchanged:
            exchange = self._exchanged.pop()
            exchange.put(exchange.value)

    @contextmanager
    def withheld(self) -> Iterator[None]:
        """Withhold the names while a student's code runs in a process that is also used for other things."""
        try:
            self.withhold()
            yield
        finally:
            self.give_back()

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Restore the names while the student's code waits for the check's own."""
        self.give_back()
        try:
            yield
        finally:
            self.withhold()


@dataclass(frozen=True)
class _Exchange:
    """How to replace a name, what belongs there, and what stands in for it."""

    put: Callable[[Any], None]
    value: Any
    stand_in: Any


def _exchanges(name: str) -> list[_Exchange]:
    """Return what to replace for a name: itself, and if it is a module, that and everything below it.

    Raises LookupError if the package has no such name, or if Python does not allow it to be replaced.
    """
    *path, last = name.split(".")
    try:
        owner: Any = importlib.import_module(path[0])
    except ModuleNotFoundError:
        return []  # a student's own machine may lack it: nothing of it can be used
    try:
        for part in path[1:]:
            owner = getattr(owner, part)
        value = getattr(owner, last)
        stand_in = _stand_in(name, value)
        setattr(owner, last, value)
    except (AttributeError, TypeError) as error:
        raise LookupError(f"the rubric forbids {name}, which cannot be withheld: {error}") from None
    exchanges = [_Exchange(partial(setattr, owner, last), value, stand_in)]
    if isinstance(value, ModuleType):
        for key in [key for key in sys.modules if f"{key}.".startswith(f"{value.__name__}.")]:
            inside = Placeholder(key, _rest(name))
            exchanges.append(_Exchange(partial(sys.modules.__setitem__, key), sys.modules[key], inside))
    return exchanges


def _stand_in(name: str, value: Any) -> Any:
    if isinstance(value, ModuleType | type | Placeholder):
        return Placeholder(name, _rest(name))

    def refused(*args: object, **kwargs: object) -> object:
        if not _is_library(sys._getframe(1).f_code, name):
            raise ForbiddenUse(f"{name} is not allowed in this question{_rest(name)}")
        return value(*args, **kwargs)

    return refused


def _is_library(code: CodeType, name: str) -> bool:
    """Return whether a call comes from the engine, or the package itself, whose functions may need the name."""
    package = getattr(sys.modules[name.partition(".")[0]], "__path__", [])
    return code.co_filename.startswith((ENGINE, *(f"{folder}/" for folder in package)))


def _rest(name: str) -> str:
    package = name.partition(".")[0]
    return f", which forbids {name} and allows the rest of {package}"
