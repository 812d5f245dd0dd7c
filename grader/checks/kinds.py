"""What an answer is that is not an array of plain numbers, in words that hold nothing which the submission has chosen.

Objects stay with the student's code; of an array or a tensor that cannot cross, its type's name says why it cannot
(`grader.worker.tensors.kind_of`). Subclasses of arrays are not taken for arrays, even where their numbers are right:
whoever goes on with a matrix or a masked array gets other products and other sums than from an array.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.checks.submission import StudentObject
from grader.worker.wire import Handle

_ARRAY = re.compile(r"(\w+) of ([a-z]+)\d*\b.*, shape \(.*\)")
_TENSOR = re.compile(r"(Tensor|Parameter) of torch\..*")
_SUBCLASSES = {"matrix": "a np.matrix", "MaskedArray": "a masked array", "recarray": "a record array"}
_SCALARS = frozenset({"longdouble", "clongdouble", "str_", "bytes_", "void", "datetime64", "timedelta64"})
# By the name of the dtype without its size.
_ENTRIES = {
    "float": "of extended precision", "longdouble": "of extended precision", "complex": "of extended precision",
    "clongdouble": "of extended precision", "object": "of Python objects", "void": "of records", "str": "of texts",
    "bytes": "of bytes", "datetime": "of dates", "timedelta": "of durations",
}  # fmt: skip


def object_in(value: object) -> StudentObject | Handle | None:
    """Return the first object of the submission in an answer, through lists and tuples, if there is one."""
    if isinstance(value, StudentObject | Handle):
        return value
    items: Iterable[object] = value if isinstance(value, list | tuple) else ()
    return next((found for item in items if (found := object_in(item)) is not None), None)


def in_words(value: StudentObject | Handle) -> str:
    """Return what an object of the submission is: a kind of array or tensor that cannot cross, or no array at all."""
    handle = value._handle if isinstance(value, StudentObject) else value
    if array := _ARRAY.fullmatch(handle.type_name):
        kind, entries = array.groups()
        if kind == "ndarray" or kind in _SCALARS:
            what = "an array" if kind == "ndarray" else "a scalar"
            return f"{what} {_ENTRIES.get(entries, 'of other than plain numbers')}"
        return _SUBCLASSES.get(kind, "an array of a class of its own")
    if _TENSOR.fullmatch(handle.type_name):
        return "a tensor whose layout, device or dtype cannot be compared"
    return "an object of the submission"
