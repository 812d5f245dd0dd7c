"""From a finished test to a CheckResult: whose fault, and what to say about it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis.errors import Flaky

from grader import memory_limit
from grader.channel import Aborted, StudentStopped
from grader.checks import CheckFailed, LeftToAPerson, Submission
from grader.errors import GraderFault, GradproofError
from grader.feedback import NOT_LOADED
from grader.outcome import Check, CheckResult, Feedback, Outcome, Owner
from grader.plugin.snippet import snippet
from grader.supervision import CPU_SECONDS, Stopped

INCONSTANT = "the same calls gave different results when they were made again"
UNTAKEN = "gave something that is too large, too deep or of no kind that can be taken"
# At a student's desk there is no limit but the machine's.
GRADED_WITH = f"when it is graded, {memory_limit.MEMORY_MB} MiB"
TOO_MUCH_MEMORY = f"what was returned takes more memory to be looked at than there is ({GRADED_WITH})"
DETAIL_LIMIT = 4_000
LINE_LIMIT = 300
EXAMPLE = re.compile(r"(Falsifying|Failing) .*\(\n")
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
FOUND_BY_NAME = re.compile(r"^ *\+ +(where|and) +[\w.]+ = <.*>\.\w+\n?", re.MULTILINE)
MACHINERY = re.compile(r"[/\\](grader|hypothesis|_pytest|pluggy)[/\\]")
LOST = frozenset({Outcome.FAILED, Outcome.NOT_IMPLEMENTED, Outcome.RAISED, Outcome.FORBIDDEN})
NOT_DECIDED = {
    Owner.MACHINE: "not decided, which is the machine's fault and costs no marks",
    Owner.GRADER: "not decided, which is the grader's own fault and costs no marks",
    Owner.STAFF: "not decided, which is for staff to mend and costs no marks",
}
KINDS = {
    Outcome.TIMED_OUT: "took too long",
    Outcome.OUT_OF_MEMORY: "ran out of memory",
    Outcome.CRASHED: "crashed",
    Outcome.FORBIDDEN: "used something that is not allowed",
}


def may_pass_whole(result: CheckResult) -> bool:
    """Tell whether a lost check may be passed by the whole program where it was run through a part of it.

    Not where that part has come to no end or ended its process: all of the program would do so too.
    """
    return result.check_erred or result.outcome in LOST


def judge(check: Check, error: BaseException | None, submission: Submission, homes: Mapping[str, str]) -> CheckResult:
    """Return the result of a check that ended with `error`, or passed without one.

    `homes` are the files that the student's names were found in, for the lines that reproduce a failure.

    An error of the check's own is provisionally BROKEN with `check_erred` set: only running the same
    check on the reference tells whether the suite or the student is to blame.
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
        called=submission.called,
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
        kind = f"{NOT_DECIDED[Owner.MACHINE]}: there are no {memory_limit.MEMORY_MB} MiB of memory for checks"
        return CheckResult(check, Outcome.BROKEN, Feedback(asked=check.asked, kind=kind), again=True)
    kind = TOO_MUCH_MEMORY if isinstance(error, MemoryError) else "the check could not work with what was returned"
    said = replace(feedback, kind=kind, detail=words, traceback=_suite_traceback(error, check))
    return CheckResult(check, Outcome.BROKEN, said, check_erred=True)


def stopped_check(check: Check, stopped: Stopped) -> CheckResult:
    """Return the result of a check from which the process that ran it has not come back.

    Where that was for the CPU time it is provisional, as an error of the check's own is: only the reference tells
    whether the check or what the student's code returned is to blame. Else it tells nothing about the submission.
    """
    if stopped.overrun:
        said = Feedback(asked=check.asked, kind=f"what was returned keeps the check at work for {stopped.reason}")
        return CheckResult(check, Outcome.BROKEN, said, check_erred=True, seconds=CPU_SECONDS)
    kind = f"{NOT_DECIDED[Owner.GRADER]}: the process that checks did not come back from it: {stopped.reason}"
    return CheckResult(check, Outcome.BROKEN, Feedback(asked=check.asked, kind=kind), again=True)


def _words(error: BaseException) -> str:
    """Return what an exception says, without hypothesis's notes, addresses, and how pytest got at a function."""
    words = "".join(traceback.TracebackException(type(error), error, None).format_exception_only())
    for note in getattr(error, "__notes__", ()):
        words = words.replace(note, "")
    return FOUND_BY_NAME.sub("", ADDRESS.sub("", words)).strip()


def _suite_traceback(error: BaseException, check: Check) -> str:
    """Return the traceback from the check's first frame on, without the machinery below it."""
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
    elif outcome is Outcome.RAISED:  # by a definition: what the check asked for does not matter
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
    """Return hypothesis's failing example without the fixture, or ''."""
    notes = [note for note in getattr(error, "__notes__", ()) if EXAMPLE.match(note)]
    if not notes:
        return ""
    arguments = re.split(r",\n {4}(?! )", notes[0].partition("(\n    ")[2].rpartition(",\n)")[0])
    shown = [" ".join(text.split())[:LINE_LIMIT] for text in arguments if not text.startswith("submission=")]
    return "\n".join(["smallest failing input:", *(f"  {line}" for line in shown)])
