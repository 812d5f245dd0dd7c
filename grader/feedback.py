"""What a student reads about a check, and what staff read."""

from __future__ import annotations

from textwrap import indent

from grader.outcome import CheckResult, Feedback, Outcome
from grader.text import printable

_BLOCK = 4_000
_BROKEN = "This could not be graded: the fault is the grader's, not yours. Staff will look at it."
_KINDS = {
    Outcome.FAILED: "What came back is not right.",
    Outcome.NOT_IMPLEMENTED: "Not implemented yet.",
    Outcome.RAISED: "Your code raised an exception.",
    Outcome.TIMED_OUT: "Your code took too long.",
    Outcome.OUT_OF_MEMORY: "Your code needed more memory than there is.",
    Outcome.CRASHED: "Your code ended its process.",
    Outcome.FORBIDDEN: "Your code did something that is not allowed here.",
}


def feedback_text(result: CheckResult, *, staff: bool) -> str:
    """Return what there is to say about a check, "" for a passed one.

    In the order that helps: what was asked, the kind of mistake, the misconception, the student's
    own line; then, for public suites and for staff, the smallest failing input with expected and
    got, how to reproduce it, the traceback and what was printed. Students read nothing of a broken
    check but that it is not their fault: what it says may hold the reference's answers.
    """
    if result.outcome is Outcome.PASSED:
        return ""
    feedback = result.feedback
    if staff:
        return _join([f"[{result.check.id}]", *_short(result, feedback), *_long(feedback)])
    if result.outcome is Outcome.BROKEN:
        return _BROKEN
    if result.outcome is Outcome.NOT_IMPLEMENTED:
        return _join([feedback.kind or _KINDS[result.outcome]])
    shown = _long(feedback) if result.check.visibility == "public" else []
    return _join([*_short(result, feedback), *shown])


def _short(result: CheckResult, feedback: Feedback) -> list[str]:
    asked = feedback.asked or result.check.asked
    kind = feedback.kind or _KINDS.get(result.outcome, "")
    return [asked, kind, feedback.misconception, feedback.student_line]


def _long(feedback: Feedback) -> list[str]:
    return [
        feedback.detail,
        _titled("To reproduce:", feedback.snippet),
        _titled("Where it happened:", feedback.traceback),
        _titled("Your code printed:", feedback.printed),
    ]


def _titled(title: str, text: str) -> str:
    return f"{title}\n{indent(text.strip(chr(10)), '    ')}" if text.strip() else ""


def _join(blocks: list[str]) -> str:
    clean = (printable(block, keep="\n\t", limit=_BLOCK).rstrip() for block in blocks)
    return "\n".join(block for block in clean if block)
