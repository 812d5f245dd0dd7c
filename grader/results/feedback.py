"""What students and staff read about a check."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import indent

from grader.core.outcome import SEVERITY, CheckResult, Feedback, Outcome
from grader.core.text import printable

# `file.py:12` or `work.ipynb[cell 3]:4`, before the words that follow.
OWN_LINE = re.compile(r"[^:\[\]\n]{1,100}\.(py|ipynb)(\[cell \d{1,4}\])?:\d{1,5}(?!\d)")
NOT_LOADED = "could not be loaded: "
# A name that is asked for is missing, but a similar one exists: the work was done, under another name.
MISNAMED = re.compile(r"the submission defines no '(\w+)'; did you mean (\w+)")
_UNREADABLE = " cannot be read: "
_BLOCK = 4_000
_BRIEF = 400
_INPUTS_HIDDEN = "This is a hidden check: the inputs it used are not shown."
_BROKEN = "This could not be graded because of a fault in the grader, not in your work. Staff will look into it."
# Only the kind of these outcomes is shown.
_NAMELESS = frozenset({Outcome.PASSED, Outcome.BROKEN, Outcome.NOT_IMPLEMENTED})
_KINDS = {
    Outcome.FAILED: "The result is not right.",
    Outcome.NOT_IMPLEMENTED: "Not implemented yet.",
    Outcome.RAISED: "Your code raised an exception.",
    Outcome.TIMED_OUT: "Your code took too long.",
    Outcome.OUT_OF_MEMORY: "Your code needed more memory than is available.",
    Outcome.CRASHED: "Your code crashed or ended its process.",
    Outcome.FORBIDDEN: "Your code did something that is not allowed here.",
    Outcome.TO_BE_MARKED: "A person will look at this.",
}


# How student code ended: the name of an exception and the line, as a student reads them.
Ending = tuple[str, str]


def feedback_text(result: CheckResult, *, staff: bool, shown: frozenset[Ending] = frozenset()) -> str:
    """Return the feedback of a check, "" if it passed.

    In the order that helps most: what was asked, the kind of mistake, the misconception, the student's own line; then,
    for public suites and for staff, the smallest failing input with expected and actual values, how to reproduce it,
    the traceback and what was printed. If student code ended a hidden check, students see neither the exception nor the
    line, which the code could choose by the inputs that it sees, unless public checks have `shown` the same ones
    already. Of a broken check they read only that it is not their fault: its feedback may contain the reference's
    answers.
    """
    if result.outcome is Outcome.PASSED:
        return ""
    feedback = result.feedback
    if staff:
        return _join([f"[{result.check.id}]", *_short(result, feedback), *_long(feedback)])
    whole = _is_public(result) and result.outcome not in {Outcome.BROKEN, Outcome.NOT_IMPLEMENTED}
    return _join([*_brief(result, shown), *(_long(feedback) if whole else [])])


def criterion_text(results: Sequence[CheckResult]) -> str:
    """Return what students read about all checks of a criterion: the first in full, the others in one line each.

    The first is a broken one, else a public one, which shows its inputs, and one with the worst outcome among those.
    Code that does not load is reported once, however many checks encountered it.
    """
    shown = frozenset(_ending(result.feedback) for result in results if _is_public(result))
    causes: dict[str, CheckResult] = {}
    for result in sorted(results, key=_rank):
        if result.outcome is not Outcome.PASSED:
            kind = result.feedback.kind
            told = kind if kind.startswith(NOT_LOADED) else feedback_text(result, staff=False, shown=shown)
            causes.setdefault(told, result)
    if not causes:
        return ""
    first, *others = causes.values()
    bare = first.check.visibility == "hidden" and first.outcome is Outcome.FAILED
    text = _join([feedback_text(first, staff=False, shown=shown), _INPUTS_HIDDEN if bare else ""])
    return "\n\n".join([text, "\n".join(_further(first, others, shown))]) if others else text


@dataclass(frozen=True)
class Undecided:
    """Why a criterion could not be decided, for staff: in one line, and with everything that is known."""

    criterion: str
    reason: str
    whole: str


def undecided(results: Iterable[CheckResult]) -> tuple[Undecided, ...]:
    """Return why criteria are broken, one entry for each criterion with a broken check."""
    broken: dict[str, list[CheckResult]] = {}
    for result in results:
        if result.outcome is Outcome.BROKEN:
            broken.setdefault(result.check.criterion, []).append(result)
    return tuple(
        Undecided(criterion, _in_a_line(found[0].feedback), "\n\n".join(feedback_text(r, staff=True) for r in found))
        for criterion, found in broken.items()
    )


def misconceptions(results: Sequence[CheckResult]) -> tuple[str, ...]:
    """Return the sentences with which `criterion_text` names known mistakes, each once."""
    told = (r.feedback.misconception for r in results if r.outcome not in _NAMELESS)
    return tuple(dict.fromkeys(filter(None, told)))


def _in_a_line(feedback: Feedback) -> str:
    kind = " ".join(feedback.kind.split())
    words = " ".join(feedback.detail.split())
    return printable(f"{kind} ({words})" if words else kind, limit=_BRIEF)


def _rank(result: CheckResult) -> tuple[bool, bool, bool, int]:
    outcome = result.outcome
    told_last = outcome is Outcome.NOT_IMPLEMENTED
    return outcome is not Outcome.BROKEN, told_last, not _is_public(result), SEVERITY.index(outcome)


def _further(first: CheckResult, others: Sequence[CheckResult], shown: frozenset[Ending]) -> Iterator[str]:
    """Yield how many more checks did not pass, and a line for each of them."""
    hidden = any(not _is_public(other) for other in others)
    more = "1 more check did" if len(others) == 1 else f"{len(others)} more checks did"
    yield f"{more} not pass{' (the inputs of hidden checks are not shown)' if hidden else ''}:"
    known = _brief(first, shown)[1:]
    for other in others:
        asked, *said = _brief(other, shown)
        new = [words for words in said if words and words not in known] or ["the same"] * any(said)
        words = " — ".join(" ".join(part.split()) for part in [asked, *new] if part)
        yield printable(f"{other.check.visibility}: {words}", limit=_BRIEF)


def _is_public(result: CheckResult) -> bool:
    return result.check.visibility == "public"


def _brief(result: CheckResult, shown: frozenset[Ending]) -> list[str]:
    """Return what a student reads about any check, hidden or not: what was asked, and what came of it."""
    feedback, public = result.feedback, _is_public(result)
    if result.outcome is Outcome.BROKEN:
        return [_BROKEN]
    if result.outcome is Outcome.NOT_IMPLEMENTED:
        return [feedback.kind if public and feedback.kind else _KINDS[result.outcome]]
    if public or result.outcome in {Outcome.FAILED, Outcome.TO_BE_MARKED}:  # these words come from the check
        return _short(result, feedback)
    if feedback.kind.startswith(NOT_LOADED):
        return _not_loaded(result, feedback)
    return _ended(result, feedback, shown)


def _not_loaded(result: CheckResult, feedback: Feedback) -> list[str]:
    """Return why the student's code did not load: it had not seen any input by then, so it cannot reveal one."""
    raised, place = _ending(feedback)
    kind = f"{NOT_LOADED}{raised}" if raised else _KINDS[result.outcome]
    if _UNREADABLE in feedback.kind and not raised:
        kind = "A file that you handed in cannot be read."
    return [_asked(result, feedback), kind, feedback.misconception, place]


def _ended(result: CheckResult, feedback: Feedback, shown: frozenset[Ending]) -> list[str]:
    """Return how the student's code ended a hidden check, in words that this code cannot influence.

    Code could choose what it raises, in which line, and what it prints by the inputs that it sees, and so reveal them
    to its author. What remains is the function that was called, and what a public check has shown as well.
    """
    raised, place = _ending(feedback)
    if raised and (raised, place) in shown:
        kind = f"Your code raised {raised}."
    else:
        place = ""
        kind = _KINDS[result.outcome]
        if feedback.called and result.outcome is Outcome.RAISED:
            kind = f"Your code raised an exception in `{feedback.called}`."
    return [_asked(result, feedback), kind, feedback.misconception, place]


def _ending(feedback: Feedback) -> Ending:
    """Return the name of the built-in exception that ended a check, and the student's line; "" for what is unknown."""
    raised = next(filter(_is_builtin_exception, re.findall(r"\w+", feedback.kind)), "")
    place = OWN_LINE.match(feedback.student_line)
    return raised, place[0] if place else ""


def _asked(result: CheckResult, feedback: Feedback) -> str:
    # Code that does not load is reported once and not for each check, whatever that check asked.
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
