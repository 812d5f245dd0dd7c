"""From a finished test to a CheckResult: whose fault, and what to say about it."""

from __future__ import annotations

import re
import traceback
from dataclasses import replace

import pytest
from hypothesis.errors import Flaky

from grader.channel import StudentStopped
from grader.checks import CheckFailed, Submission
from grader.outcome import Check, CheckResult, Feedback, Outcome

INCONSTANT = "the same calls gave different results when they were made again"
UNTAKEN = "gave something that is too large, too deep or of no kind that can be taken"
DETAIL_LIMIT = 4_000
KINDS = {
    Outcome.NOT_IMPLEMENTED: "not implemented yet",
    Outcome.TIMED_OUT: "took too long",
    Outcome.OUT_OF_MEMORY: "ran out of memory",
    Outcome.CRASHED: "crashed",
    Outcome.FORBIDDEN: "used something that is not allowed",
}


def judge(check: Check, error: BaseException | None, submission: Submission, module: str) -> CheckResult:
    """Return the result of a check that ended with `error`, or passed without one.

    An error of the check's own is provisionally BROKEN with `check_erred` set: only running the same
    check on the reference tells whether the suite or the student is to blame.
    """
    if error is None:
        return CheckResult(check, Outcome.PASSED)
    feedback = Feedback(
        asked=check.asked,
        detail=_smallest_input(error),
        snippet=_snippet(submission, module),
    )
    if isinstance(error, StudentStopped):
        return _stopped(check, error, feedback)
    if getattr(error, "raised_by_student", False):
        return CheckResult(check, Outcome.RAISED, _raised(error, feedback))
    if isinstance(error, CheckFailed):
        detail = "\n".join(filter(None, [feedback.detail, error.detail]))[:DETAIL_LIMIT]
        said = replace(feedback, kind=error.kind, misconception=error.misconception, detail=detail)
        return CheckResult(check, Outcome.FAILED, said)
    if isinstance(error, Flaky):
        return CheckResult(check, Outcome.FAILED, replace(feedback, kind=INCONSTANT))
    words = "".join(traceback.format_exception_only(error)).strip()
    if isinstance(error, (AssertionError, pytest.fail.Exception)):
        detail = f"{feedback.detail}\n{words}".strip()[:DETAIL_LIMIT]
        return CheckResult(check, Outcome.FAILED, replace(feedback, kind="an assertion does not hold", detail=detail))
    trace = "".join(traceback.format_exception(error))[-DETAIL_LIMIT:]
    said = replace(feedback, kind="the check could not work with what was returned", detail=words, traceback=trace)
    return CheckResult(check, Outcome.BROKEN, said, check_erred=True)


def _stopped(check: Check, error: StudentStopped, feedback: Feedback) -> CheckResult:
    outcome = Outcome(error.outcome)
    if outcome is Outcome.NOT_IMPLEMENTED:
        said = Feedback(asked=check.asked, kind=_missing(error.message))
        return CheckResult(check, outcome, said)
    kind = f"{KINDS.get(outcome, 'could not be loaded')}: {error.message}"
    said = replace(feedback, kind=kind, student_line=error.student_line, traceback=error.traceback)
    return CheckResult(check, outcome, said, by_wall_clock=error.by_wall_clock)


def _missing(message: str) -> str:
    kind, _, words = message.partition(": ")
    return words if kind == "MissingName" else KINDS[Outcome.NOT_IMPLEMENTED]


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
    """Return hypothesis's falsifying example without the fixture, or ''."""
    for note in getattr(error, "__notes__", ()):
        if note.startswith("Falsifying example: "):
            arguments = re.findall(r"^    (?!submission=)(.+)$", note, re.MULTILINE)
            return "smallest failing input:\n" + "\n".join(f"  {line.rstrip(',')}" for line in arguments)
    return ""


def _snippet(submission: Submission, module: str) -> str:
    calls = submission.snippet()
    if not calls:
        return ""
    names = sorted({name for line in calls.splitlines() for name in re.findall(r"^(?:\w+ = )?(\w+)\(", line)})
    return "\n".join(["import numpy as np", f"from {module} import {', '.join(names)}", "", calls])
