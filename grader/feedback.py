"""What a student reads about a check, and what staff read."""

from __future__ import annotations

import builtins
import re
from textwrap import indent

from grader.outcome import CheckResult, Feedback, Outcome
from grader.text import printable

# `file.py:12` or `work.ipynb[cell 3]:4`, before the words that follow.
OWN_LINE = re.compile(r"[^:\[\]\n]{1,100}\.(py|ipynb)(\[cell \d{1,4}\])?:\d{1,5}(?!\d)")
NOT_LOADED = "could not be loaded: "
_UNREADABLE = " cannot be read: "
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
    got, how to reproduce it, the traceback and what was printed. Of a hidden check that their code
    ended students read no word that this code chose. Of a broken check they read nothing but that it
    is not their fault: what it says may hold the reference's answers.
    """
    if result.outcome is Outcome.PASSED:
        return ""
    feedback = result.feedback
    if staff:
        return _join([f"[{result.check.id}]", *_short(result, feedback), *_long(feedback)])
    if result.outcome is Outcome.BROKEN:
        return _BROKEN
    public = result.check.visibility == "public"
    if result.outcome is Outcome.NOT_IMPLEMENTED:
        return _join([feedback.kind if public and feedback.kind else _KINDS[result.outcome]])
    if public:
        return _join([*_short(result, feedback), *_long(feedback)])
    return _join(_short(result, feedback) if result.outcome is Outcome.FAILED else _ended(result, feedback))


def _ended(result: CheckResult, feedback: Feedback) -> list[str]:
    """Say how the student's code ended a hidden check, in none of that code's own words.

    What it raises and prints it can choose by the inputs that it sees, and so tell them to its author.
    Left are the name of an exception of Python's own, and the line.
    """
    raised = [word for word in re.findall(r"\w+", feedback.kind) if _is_builtin_exception(word)]
    kind = f"Your code raised {raised[0]}." if raised else _KINDS[result.outcome]
    if feedback.kind.startswith(NOT_LOADED) and _UNREADABLE in feedback.kind and not raised:
        kind = "A file that was handed in cannot be read."
    place = OWN_LINE.match(feedback.student_line)
    return [_asked(result, feedback), kind, feedback.misconception, place[0] if place else ""]


def _asked(result: CheckResult, feedback: Feedback) -> str:
    # What does not load is told once and not for each check, whatever that one asked.
    return "" if feedback.kind.startswith(NOT_LOADED) else feedback.asked or result.check.asked


def _is_builtin_exception(word: str) -> bool:
    found = getattr(builtins, word, None)
    return isinstance(found, type) and issubclass(found, BaseException)


def _short(result: CheckResult, feedback: Feedback) -> list[str]:
    asked = _asked(result, feedback)
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
