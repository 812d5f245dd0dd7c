"""Calls on a student's program: names, methods of their objects, and callables called back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..wire.codec import DTYPES, Callback, Handle
from ..wire.figures import Figure
from ..wire.tensors import kind_of
from .arguments import Imprint, names_of
from .figure_capture import drawn
from .program import Program
from .props import PROPS
from .requests import PROGRAM
from .written_files import Written

# NumPy's own: what student code puts in its place must not become an error of ours.
_isfinite, _array = np.isfinite, np.array
# The number that stands for the engine's own functions: props.py and (for models) lending.py beside this file.
MODELS = -1
CallBack = Callable[[int, tuple[object, ...], dict[str, object]], object]


class PassedIn:
    """A check's callable as the student's code sees it."""

    def __init__(self, number: int, call_back: CallBack) -> None:
        self.number = number
        self._call_back = call_back

    def __call__(self, *args: object, **kwargs: object) -> object:
        return self._call_back(self.number, args, kwargs)


class Dispatcher:
    """Performs requests on one program; objects that cannot cross are kept here under a number.

    `written` contains the files that it is asked to write.
    """

    def __init__(self, program: Program, call_back: CallBack, written: Written | None = None) -> None:
        self.program = program
        self.written = written or Written()
        self._call_back = call_back
        self._objects: dict[int, object] = {}

    def refer(self, value: object) -> Handle | Callback | Figure:
        """Keep an object that cannot cross and return its handle; for a figure, return what it shows."""
        if isinstance(value, PassedIn):
            return Callback(value.number)
        if (shown := drawn(value)) is not None:
            return shown
        number = len(self._objects) + 1
        self._objects[number] = value
        return Handle(number, kind_of(value))

    def resolve(self, reference: Handle | Callback) -> object:
        """Return what a check's reference stands for here."""
        if isinstance(reference, Handle):
            return self._objects[reference.number]
        return PassedIn(reference.number, self._call_back)

    def answer(
        self, target: Sequence[Any], args: list[object], kwargs: dict[str, object], *, keep_arguments: bool
    ) -> list[object]:
        """Return a call's result; the positional arguments as it left them, if requested; and what it changed.

        Changes are two dicts by position or keyword: the changed arguments, and their names.
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
            self.program.demand_loaded(error.name)  # more informative than that the name is not defined
            raise

    def repeat(
        self, target: Sequence[Any], first: object, seconds: Sequence[object], order: Sequence[int]
    ) -> list[object]:
        """Call with `first` and a second argument, then with the last result and the next one; return all results.

        `order` says which of `seconds` is used each time. Ends early at a result that is not an array of
        finite real numbers of `first`'s shape. Each result is passed on as a copy, as if it had crossed.
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
        """Return an attribute of an object kept here, a name of the program, or a function for models."""
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
