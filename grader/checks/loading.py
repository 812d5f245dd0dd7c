"""A student's dataset or loader, which stays with the student's code, as a check looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.checks.closeness import Array, Expected, assert_close, numbers
from grader.checks.submission import StudentObject, Submission
from grader.checks.training import student_object
from grader.worker.tensors import as_array


def dataset(submission: Submission, samples: Sequence[tuple[object, int]]) -> Any:
    """Return a dataset on the student's side that is no list, and whose pictures grow by 1 with each access."""
    __tracebackhide__ = True
    return submission.engine_work("dataset")(list(samples))


def length(loaded: object) -> Any:
    """Return what ``len`` says of it."""
    __tracebackhide__ = True
    return _asked(loaded, "length")


def entry(loaded: object, index: int) -> Any:
    """Return ``loaded[index]``."""
    __tracebackhide__ = True
    return _asked(loaded, "entry", index)


def loops(loaded: object, number: int, most: int = 100) -> Any:
    """Return a list of what each of so many ``for`` loops gives, one after the other, at most `most` items of each."""
    __tracebackhide__ = True
    return _asked(loaded, "loops", number, most)


def values(got: object, *, what: str) -> Array:
    """Return the numbers of a tensor or of an array, in its own dtype; CheckFailed if it is neither."""
    array = as_array(got)
    return numbers(got if array is None else array, what=what)


def assert_values(got: object, expected: Expected, *, what: str, **how: Any) -> None:
    """Fail unless a tensor or an array has the values expected; `how` goes to `assert_close`."""
    __tracebackhide__ = True
    assert_close(values(got, what=what), expected, what=what, **how)


def _asked(loaded: object, work: str, *arguments: object) -> Any:
    __tracebackhide__ = True
    student: StudentObject = student_object(loaded, what="the dataset or loader")
    return student.seen_by(work, *arguments)
