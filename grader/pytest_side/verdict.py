"""Turns the end of a test into a CheckResult: whose fault it is, and what to report."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis.errors import Flaky

from grader.checks import CheckFailed, LeftToAPerson, Submission
from grader.checks.asking.channel import Aborted, StudentStopped
from grader.checks.asking.submission import exchange_of
from grader.core import memory_limit
from grader.core.errors import GraderFault, GradproofError
from grader.core.outcome import Check, CheckResult, Feedback, Outcome, Owner
from grader.core.supervision import CPU_SECONDS, Stopped
from grader.pytest_side.snippet import snippet
from grader.results.feedback import NOT_LOADED

INCONSTANT = "the same calls gave different results when they were repeated"
UNTAKEN = "returned something that is too large, too deeply nested or of a type that is not accepted here"
# On a student's computer the only limit is the machine's.
GRADED_WITH = f"{memory_limit.MEMORY_MB} MiB when it is graded"
TOO_MUCH_MEMORY = f"checking what was returned takes more memory than is available ({GRADED_WITH})"
DETAIL_LIMIT = 4_000
LINE_LIMIT = 300
EXAMPLE = re.compile(r"(Falsifying|Failing) .*\(\n")
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
FOUND_BY_NAME = re.compile(r"^ *\+ +(where|and) +[\w.]+ = <.*>\.\w+\n?", re.MULTILINE)
MACHINERY = re.compile(r"[/\\](grader|hypothesis|_pytest|pluggy)[/\\]")
LOST = frozenset({Outcome.FAILED, Outcome.NOT_IMPLEMENTED, Outcome.RAISED, Outcome.FORBIDDEN})
NOT_DECIDED = {
    Owner.MACHINE: "not decided because of a fault of the machine, which costs no marks",
    Owner.GRADER: "not decided because of a fault in the grader, which costs no marks",
    Owner.STAFF: "not decided because of a fault that staff must correct, which costs no marks",
}
KINDS = {
    Outcome.TIMED_OUT: "took too long",
    Outcome.OUT_OF_MEMORY: "ran out of memory",
    Outcome.CRASHED: "crashed",
    Outcome.FORBIDDEN: "used something that is not allowed",
}


def may_pass_whole(result: CheckResult) -> bool:
    """Return whether a check that failed on a part of the program may pass with the whole of it.

    It cannot if that part did not terminate or ended its process: the whole program would do so too.
    """
    return result.check_erred or result.outcome in LOST


def charged(result: CheckResult) -> CheckResult:
    """Return the result of a check for a student, who has no reference to run it on: its own error is a failure.

    Most likely the student's function has returned None.
    """
    return replace(result, outcome=Outcome.FAILED) if result.check_erred else result


def judge(check: Check, error: BaseException | None, submission: Submission, homes: Mapping[str, str]) -> CheckResult:
    """Return the result of a check that ended with `error`, or passed without one.

    `homes` are the files in which the student's names were found, for the lines that reproduce a failure.

    An error of the check's own is provisionally BROKEN with `check_erred` set: only running the same check on the
    reference shows whether the suite or the student is to blame.
    """
    if error is None:
        return CheckResult(check, Outcome.PASSED)
    if isinstance(error, Aborted):
        kind = f"{NOT_DECIDED[error.owner]}: {error.message}"
        return CheckResult(check, Outcome.BROKEN, Feedback(asked=check.asked, kind=kind), again=error.again)
    if isinstance(error, GradproofError):
        owner = Owner.GRADER if isinstance(error, GraderFault) else Owner.STAFF
        said = Feedback(asked=check.asked, kind=f"{NOT_DECIDED[owner]}: {error}")
        return CheckResult(check, Outcome.BROKEN, said, again=owner is Owner.GRADER)
    feedback = Feedback(
        asked=check.asked,
        called=exchange_of(submission).log.called,
        detail=_smallest_input(error),
        snippet=snippet(submission, homes, check),
    )
    if isinstance(error, StudentStopped):
        return _stopped(check, error, feedback)
    if getattr(error, "raised_by_student", False):
        return CheckResult(check, Outcome.RAISED, _raised(error, feedback))
    if isinstance(error, CheckFailed):
        detail = "\n".join(filter(None, [feedback.detail, error.detail]))[:DETAIL_LIMIT]
        said = replace(feedback, kind=error.kind, misconception=error.misconception, detail=detail)
        return CheckResult(check, Outcome.FAILED, said)
    if isinstance(error, LeftToAPerson):
        detail = "\n".join(filter(None, [feedback.detail, error.detail]))[:DETAIL_LIMIT]
        return CheckResult(check, Outcome.TO_BE_MARKED, replace(feedback, kind=error.kind, detail=detail))
    if isinstance(error, Flaky):
        return CheckResult(check, Outcome.FAILED, replace(feedback, kind=INCONSTANT))
    words = _words(error)
    if isinstance(error, (AssertionError, pytest.fail.Exception)):
        detail = f"{feedback.detail}\n{words}".strip()[:DETAIL_LIMIT]
        return CheckResult(check, Outcome.FAILED, replace(feedback, kind="an assertion does not hold", detail=detail))
    if isinstance(error, MemoryError) and not memory_limit.is_given():
        kind = f"{NOT_DECIDED[Owner.MACHINE]}: checks could not be given {memory_limit.MEMORY_MB} MiB of memory"
        return CheckResult(check, Outcome.BROKEN, Feedback(asked=check.asked, kind=kind), again=True)
    kind = TOO_MUCH_MEMORY if isinstance(error, MemoryError) else "the check could not use what was returned"
    said = replace(feedback, kind=kind, detail=words, traceback=_suite_traceback(error, check))
    return CheckResult(check, Outcome.BROKEN, said, check_erred=True)


def stopped_check(check: Check, stopped: Stopped) -> CheckResult:
    """Return the result of a check whose process did not return from it.

    If it used up its CPU time the result is provisional, like an error of the check's own: only the reference shows
    whether the check or what the student's code returned is to blame. Otherwise it shows nothing about the submission.
    """
    if stopped.overrun:
        said = Feedback(asked=check.asked, kind=f"checking what was returned took {stopped.reason}")
        return CheckResult(check, Outcome.BROKEN, said, check_erred=True, seconds=CPU_SECONDS)
    kind = f"{NOT_DECIDED[Owner.GRADER]}: the process that ran the check did not return from it: {stopped.reason}"
    return CheckResult(check, Outcome.BROKEN, Feedback(asked=check.asked, kind=kind), again=True)


def _words(error: BaseException) -> str:
    """Return an exception's message without hypothesis's notes, addresses, and how pytest accessed a function."""
    words = "".join(traceback.TracebackException(type(error), error, None).format_exception_only())
    for note in getattr(error, "__notes__", ()):
        words = words.replace(note, "")
    return FOUND_BY_NAME.sub("", ADDRESS.sub("", words)).strip()


def _suite_traceback(error: BaseException, check: Check) -> str:
    """Return the traceback from the check's first frame on, without the frames of pytest, hypothesis and the grader."""
    frames = traceback.extract_tb(error.__traceback__)
    suite = check.id.partition("::")[0]
    first = next((i for i, frame in enumerate(frames) if frame.filename.endswith(suite)), 0)
    shown = [frame for frame in frames[first:] if not MACHINERY.search(frame.filename)]
    return "".join(["Traceback (most recent call last):\n", *traceback.format_list(shown), _words(error)])[
        -DETAIL_LIMIT:
    ]


def _stopped(check: Check, error: StudentStopped, feedback: Feedback) -> CheckResult:
    outcome = Outcome(error.outcome)
    if outcome is Outcome.NOT_IMPLEMENTED:
        said = Feedback(asked=check.asked, kind=_missing(error.message))
    elif outcome is Outcome.RAISED:  # a definition raised it: what the check asked for does not matter
        kind = f"{NOT_LOADED}{error.message}"
        said = Feedback(asked=check.asked, kind=kind, student_line=error.student_line, traceback=error.traceback)
    else:
        kind = f"{KINDS[outcome]}: {error.message}"
        said = replace(feedback, kind=kind, student_line=error.student_line, traceback=error.traceback)
    return CheckResult(check, outcome, said, again=error.again)


def _missing(message: str) -> str:
    kind, _, words = message.partition(": ")
    return words if kind == "MissingName" else ""


def _raised(error: BaseException, feedback: Feedback) -> Feedback:
    message = str(getattr(error, "student_message", ""))
    name = message.partition(":")[0]
    kind = UNTAKEN if name == "WireError" else f"raised {name if name.isidentifier() else 'an exception'}"
    return replace(
        feedback,
        kind=kind,
        detail="\n".join(filter(None, [feedback.detail, message]))[:DETAIL_LIMIT],
        student_line=getattr(error, "student_line", ""),
        traceback=getattr(error, "student_traceback", ""),
    )


def _smallest_input(error: BaseException) -> str:
    """Return hypothesis's failing example without the fixture, or ""."""
    notes = [note for note in getattr(error, "__notes__", ()) if EXAMPLE.match(note)]
    if not notes:
        return ""
    arguments = re.split(r",\n {4}(?! )", notes[0].partition("(\n    ")[2].rpartition(",\n)")[0])
    shown = [" ".join(text.split())[:LINE_LIMIT] for text in arguments if not text.startswith("submission=")]
    return "\n".join(["smallest failing input:", *(f"  {line}" for line in shown)])
