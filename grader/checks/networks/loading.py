"""A student's dataset or loader, which stays with the student's code, as a check examines it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.checks.asking.objects import StudentObject
from grader.checks.asking.submission import Submission
from grader.checks.comparing.closeness import Array, Expected, assert_close, numbers
from grader.checks.networks.training import student_object
from grader.worker.wire.tensors import as_array


def dataset(submission: Submission, samples: Sequence[tuple[object, int]]) -> Any:
    """Return a dataset on the student's side that is not a list, and whose pictures grow by 1 with each access."""
    __tracebackhide__ = True
    return submission.engine_work("dataset")(list(samples))


def doubling(submission: Submission) -> Any:
    """Return a transform on the student's side that doubles an image in place, and returns it."""
    __tracebackhide__ = True
    return submission.engine_work("doubling")()


def length(loaded: object) -> Any:
    """Return its length according to ``len``."""
    __tracebackhide__ = True
    return _asked(loaded, "length")


def entry(loaded: object, index: int) -> Any:
    """Return ``loaded[index]``."""
    __tracebackhide__ = True
    return _asked(loaded, "entry", index)


def loops(loaded: object, number: int, most: int = 100, *, at_once: bool = False) -> Any:
    """Return a list of the items of each of `number` ``for`` loops, at most `most` items each.

    They run one after the other, or, with `at_once`, take an item in turns.
    """
    __tracebackhide__ = True
    return _asked(loaded, "loops", number, most, *([True] if at_once else []))


def values(got: object, *, what: str) -> Array:
    """Return the numbers of a tensor or of an array, in its own dtype; CheckFailed if it is neither."""
    array = as_array(got)
    return numbers(got if array is None else array, what=what)


def assert_values(got: object, expected: Expected, *, what: str, **how: Any) -> None:
    """Fail unless a tensor or an array has the expected values; `how` goes to `assert_close`."""
    __tracebackhide__ = True
    assert_close(values(got, what=what), expected, what=what, **how)


def _asked(loaded: object, work: str, *arguments: object) -> Any:
    __tracebackhide__ = True
    student: StudentObject = student_object(loaded, what="the dataset or loader")
    return student.seen_by(work, *arguments)
