"""What an answer is if it is not an array of plain numbers, in words that the submission cannot influence.

Objects stay with the student's code; for an array or a tensor that cannot cross, the name of its type says why
(`grader.worker.wire.tensors.kind_of`). Subclasses of arrays are not accepted as arrays, even if their numbers are
right: code that uses a matrix or a masked array gets other products and other sums than with an array.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.checks.asking.objects import StudentObject
from grader.worker.wire.codec import Handle

_ARRAY = re.compile(r"(\w+) of ([a-z]+)\d*\b.*, shape \(.*\)")
_TENSOR = re.compile(r"(Tensor|Parameter) of torch\..*")
_SUBCLASSES = {"matrix": "a np.matrix", "MaskedArray": "a masked array", "recarray": "a record array"}
_SCALARS = frozenset({"longdouble", "clongdouble", "str_", "bytes_", "void", "datetime64", "timedelta64"})
# By the name of the dtype without its size.
_ENTRIES = {
    "float": "of extended precision", "longdouble": "of extended precision", "complex": "of extended precision",
    "clongdouble": "of extended precision", "object": "of Python objects", "void": "of records", "str": "of strings",
    "bytes": "of bytes", "datetime": "of dates", "timedelta": "of durations",
}  # fmt: skip


# What these functions of torch return, where a dimension is given, is of a class that has the function's name.
_PAIRS = frozenset({"max", "min", "sort", "topk", "median", "nanmedian", "mode", "kthvalue", "cummax", "cummin"})


def object_in(value: object) -> StudentObject | Handle | None:
    """Return the first object of the submission in an answer, searching lists and tuples, if there is one."""
    if isinstance(value, StudentObject | Handle):
        return value
    items: Iterable[object] = value if isinstance(value, list | tuple) else ()
    return next((found for item in items if (found := object_in(item)) is not None), None)


def in_words(value: StudentObject | Handle) -> str:
    """Return what an object of the submission is: a kind of array or tensor that cannot cross, or something else."""
    handle = value._handle if isinstance(value, StudentObject) else value
    if array := _ARRAY.fullmatch(handle.type_name):
        kind, entries = array.groups()
        if kind == "ndarray" or kind in _SCALARS:
            what = "an array" if kind == "ndarray" else "a scalar"
            return f"{what} {_ENTRIES.get(entries, 'of something other than plain numbers')}"
        return _SUBCLASSES.get(kind, "an array of a class of its own")
    if _TENSOR.fullmatch(handle.type_name):
        return "a tensor whose layout, device or dtype cannot be compared"
    if handle.type_name in _PAIRS:
        return f"a pair of values and indices as torch.{handle.type_name} gives it"
    return "an object of the submission"
