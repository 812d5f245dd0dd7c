"""Calls on a student's program: names, methods of their objects, and callables called back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .arguments import Imprint, names_of
from .drawn import drawn
from .figures import Figure
from .program import Program
from .props import PROPS
from .tensors import kind_of
from .wire import DTYPES, Callback, Handle
from .written import Written

# As NumPy has it: what student code puts in its place must not become an error of ours.
_isfinite, _array = np.isfinite, np.array
# The number that stands for the program itself; objects count from 1.
PROGRAM = 0
# The number that stands for the engine's own work, worker/props.py and (on models) worker/lending.py.
MODELS = -1
CallBack = Callable[[int, tuple[object, ...], dict[str, object]], object]


class PassedIn:
    """A callable of the check's as the student's code holds it."""

    def __init__(self, number: int, call_back: CallBack) -> None:
        self.number = number
        self._call_back = call_back

    def __call__(self, *args: object, **kwargs: object) -> object:
        return self._call_back(self.number, args, kwargs)


class Dispatcher:
    """Performs requests on one program; objects that cannot cross stay here under a number.

    `written` holds the files that it is asked to write.
    """

    def __init__(self, program: Program, call_back: CallBack, written: Written | None = None) -> None:
        self.program = program
        self.written = written or Written()
        self._call_back = call_back
        self._objects: dict[int, object] = {}

    def refer(self, value: object) -> Handle | Callback | Figure:
        """Keep an object that cannot cross and return the handle that stands for it; of a figure, what it shows."""
        if isinstance(value, PassedIn):
            return Callback(value.number)
        if (shown := drawn(value)) is not None:
            return shown
        number = len(self._objects) + 1
        self._objects[number] = value
        return Handle(number, kind_of(value))

    def resolve(self, reference: Handle | Callback) -> object:
        """Return what a reference of the check's stands for here."""
        if isinstance(reference, Handle):
            return self._objects[reference.number]
        return PassedIn(reference.number, self._call_back)

    def answer(
        self, target: Sequence[Any], args: list[object], kwargs: dict[str, object], *, keep_arguments: bool
    ) -> list[object]:
        """Return what a call returns; the positional arguments as they were left, if asked; which of all it changed.

        What changed comes as two dicts by place or keyword: the arguments as they are now, and what they are called.
        """
        imprint = Imprint(args, kwargs) if target[0] != MODELS else Imprint((), {})
        result = self.call(target, args, kwargs)
        changed = imprint.changed()
        names = names_of(self._function(target), list(changed)) if changed else {}
        return [result, args if keep_arguments else [], changed, names]

    def call(self, target: Sequence[Any], args: Sequence[object], kwargs: dict[str, object]) -> object:
        """Call a name of the program, ``(name,)``, or a method of an object, ``(handle, name)``."""
        try:
            return self._function(target)(*args, **kwargs)
        except NameError as error:
            self.program.demand_loaded(error.name)  # says more than that the name is not defined
            raise

    def repeat(
        self, target: Sequence[Any], first: object, seconds: Sequence[object], order: Sequence[int]
    ) -> list[object]:
        """Call with `first` and a second argument, then with the last result and the next one; return all results.

        `order` tells which of `seconds` is taken each time. Ends early with a result that is no array of
        finite real numbers of `first`'s shape. Each result is handed on as a copy, as by the way out and in.
        """
        results: list[object] = []
        last = first
        for index in order:
            result: Any = self.call(target, (last, seconds[index]), {})
            if not _goes_on(result, first):
                return [*results, result]
            last = _array(result, result.dtype.newbyteorder("="), order="C")
            results.append(last.copy())
        return results

    def read(self, number: int, attribute: str) -> object:
        """Return an attribute of an object that stayed here, a name of the program, or work on models."""
        if number == MODELS:
            if attribute in PROPS:
                return PROPS[attribute]
            from . import lending  # imports torch, for questions that allow it

            return lending.WORK[attribute]
        return self.program.get(attribute) if number == PROGRAM else getattr(self._objects[number], attribute)

    def _function(self, target: Sequence[Any]) -> Any:
        return self.read(*target) if len(target) == 2 else self.read(PROGRAM, *target)

    def reset(self) -> None:
        """Forget all objects and files: they live for one check."""
        self._objects.clear()
        self.written.forget()


def _goes_on(result: Any, first: Any) -> bool:
    return (
        type(result) is type(first) is np.ndarray
        and result.shape == first.shape
        and result.dtype.kind in "fiu"
        and result.dtype.char in DTYPES
        and bool(_isfinite(result).all())
    )
