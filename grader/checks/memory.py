"""Does a function remember what it must not? Other calls before, between and after, and other users of random numbers.

A result kept by shape, by the arguments' addresses or for ever, the last call's arguments, state that objects share, a
generator that the whole process shares: each shows as an answer that depends on what else was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from grader.checks.alike import alike
from grader.checks.failing import CheckFailed, fail, refused
from grader.checks.magnitudes import Array
from grader.checks.submission import Callee, Submission


def in_company(
    function: Callable[..., Any],
    arguments: Sequence[object],
    others: Sequence[object],
    beside: Callable[[], object] | None = None,
) -> Any:
    """Return what a function of the submission answers to `arguments` after a call with `others`.

    `others` are best as legal and of the same shapes. `beside` calls another function with other numbers, such as the
    forward pass before a backward pass; what it raises is not this check's question. Ends the check where the same
    call, made again after another call with `others`, is answered otherwise, or changes what that one has returned.
    That other call is given the same arrays, which are then filled anew: a caller may do so, and no function may know
    its arguments by where they lie. `others` are laid out in memory as `arguments` are, so that a misread order shows
    as wrong values alone.
    """
    others = _laid_out_as(arguments, others)
    function(*others)
    if beside is not None:
        with suppress(CheckFailed):  # by what it lends to a function, a check may notice what the function does wrong
            refused(beside)
    answer = function(*arguments)
    again, overwritten = _once_more(function, list(others), list(arguments))
    if not alike(answer, again):
        fail(
            "the same call is answered otherwise after a call with other numbers in the same arrays",
            f"first: {answer!r:.300}\nlater: {again!r:.300}",
        )
    if overwritten:
        fail("a call changes what an earlier call has returned: each is to have a result of its own")
    return answer


def _laid_out_as(pattern: Any, value: Any) -> Any:
    """Return a value with its arrays in the memory orders of those in its pattern, in lists too."""
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
    function(*others)  # one of the check's own, around calls of the submission
    return function(*arguments), False


def all_at_once(function: Callee, *calls: Sequence[object]) -> list[Any]:
    """Return what a function of the submission answers to each call, looked at after the last one.

    What it draws or writes into again and again then shows the last call's answer everywhere.
    """
    answers: list[Any] = function.by_way_of("call_each", [list(arguments) for arguments in calls])
    return answers


def draw_numbers(submission: Submission) -> None:
    """Draw from the generators that the submission's whole process shares, as other code does at any time."""
    submission.engine_work("draw_numbers")()


def assert_generators_left(submission: Submission, ask: Callable[[], object]) -> None:
    """Demand that what `ask` calls neither draws from nor seeds the generators that the whole process shares."""
    draw_numbers(submission)
    before = submission.engine_work("generator_states")()
    ask()
    if submission.engine_work("generator_states")() != before:
        fail("a random generator that the whole process shares is drawn from or seeded, though one is passed in")


def in_fortran_order(array: Array) -> Array:
    """Return the array with its columns, not its rows, one after the other in memory."""
    return np.asfortranarray(array)


def with_gaps(array: Array) -> Array:
    """Return the array as a view, of every other number in memory."""
    return np.repeat(array, 2, axis=-1)[..., ::2]
