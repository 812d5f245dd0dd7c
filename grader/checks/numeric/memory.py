"""Whether a function remembers what it must not: other calls before, between and after, and shared generators.

A result that is cached by shape, by the arguments' addresses or for ever, the last call's arguments, state that objects
share, a generator that the whole process shares: each shows as an answer that depends on other calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from grader.checks.asking.failing import CheckFailed, fail, refused
from grader.checks.asking.objects import Callee
from grader.checks.asking.submission import Submission
from grader.checks.comparing.alike import alike
from grader.checks.numeric.magnitudes import Array


def in_company(
    function: Callable[..., Any],
    arguments: Sequence[object],
    others: Sequence[object],
    beside: Callable[[], object] | None = None,
) -> Any:
    """Return what a function of the submission answers to `arguments` after a call with `others`.

    `others` should be valid and of the same shapes. `beside` calls another function with other numbers, such as the
    forward pass before a backward pass; exceptions that it raises are not this check's concern. Ends the check if the
    same call, repeated after another call with `others`, gives another answer, or changes what the earlier one has
    returned. That other call receives the same arrays, which are then refilled: a caller may do so, and no function may
    recognise its arguments by their addresses, nor, after calls with the first of `arguments` and the rest of `others`
    and the other way round, by some of them. `others` have the same memory layout as `arguments`, so that a misread
    layout shows only as wrong values.
    """
    others = _laid_out_as(arguments, others)
    function(*others)
    for mixed in _mixed(arguments, others):
        function(*mixed)
    if beside is not None:
        with suppress(CheckFailed):  # a check may notice, by a function that it passes in, what the function does wrong
            refused(beside)
    answer = function(*arguments)
    again, overwritten = _once_more(function, list(others), list(arguments))
    if not alike(answer, again):
        fail(
            "the same call gives another answer after a call with other numbers in the same arrays",
            f"first: {answer!r:.300}\nlater: {again!r:.300}",
        )
    if overwritten:
        fail("a call changes what an earlier call has returned: each call must return a new result")
    return answer


def _mixed(arguments: Sequence[object], others: Sequence[object]) -> Iterator[list[object]]:
    """Yield the first of one and the rest of the other, where both differ."""
    differ = [one is not another for one, another in zip(arguments, others, strict=True)]
    if differ[:1] == [True] and any(differ[1:]):
        yield [others[0], *arguments[1:]]
        yield [arguments[0], *others[1:]]


def _laid_out_as(pattern: Any, value: Any) -> Any:
    """Return a value with its arrays in the memory layouts of those in its pattern, also in lists."""
    if isinstance(pattern, np.ndarray) and isinstance(value, np.ndarray) and value.ndim:
        if pattern.flags.c_contiguous:
            return np.ascontiguousarray(value)
        return in_fortran_order(value) if pattern.flags.f_contiguous else with_gaps(value)
    if isinstance(pattern, list | tuple) and isinstance(value, list | tuple) and len(pattern) == len(value):
        return [*map(_laid_out_as, pattern, value)]
    return value


def _once_more(function: Callable[..., Any], others: list[object], arguments: list[object]) -> Any:
    if isinstance(function, Callee):
        return function.by_way_of("call_refilled", others, arguments)
    function(*others)  # one of the check's own functions, which calls the submission
    return function(*arguments), False


def all_at_once(function: Callee, *calls: Sequence[object]) -> list[Any]:
    """Return what a function of the submission answers to each call, examined after the last one.

    If it reuses one object for its results, all of them then show the last call's answer.
    """
    answers: list[Any] = function.by_way_of("call_each", [list(arguments) for arguments in calls])
    return answers


def spoilt(function: Callee, *arguments: object) -> Any:
    """Return what a function of the submission answers once its caller has changed what the same call returned before.

    Whoever returns one object again and again then returns those changes. `function` should not return its arguments.
    """
    return function.by_way_of("call_spoilt", list(arguments))


def draw_numbers(submission: Submission) -> None:
    """Draw from the generators that the submission's whole process shares, as other code may at any time."""
    submission.engine_work("draw_numbers")()


def assert_generators_left(submission: Submission, ask: Callable[[], object]) -> None:
    """Fail if what `ask` calls draws from or seeds the generators that the whole process shares."""
    draw_numbers(submission)
    before = submission.engine_work("generator_states")()
    ask()
    if submission.engine_work("generator_states")() != before:
        fail("a random generator that the whole process shares is drawn from or seeded, though one is passed in")


def in_fortran_order(array: Array) -> Array:
    """Return the array in column-major order in memory."""
    return np.asfortranarray(array)


def with_gaps(array: Array) -> Array:
    """Return the array as a view of every other number in memory."""
    return np.repeat(array, 2, axis=-1)[..., ::2]
