"""What a student reads about a check, and what staff read."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import indent

from grader.outcome import SEVERITY, CheckResult, Feedback, Outcome
from grader.text import printable

# `file.py:12` or `work.ipynb[cell 3]:4`, before the words that follow.
OWN_LINE = re.compile(r"[^:\[\]\n]{1,100}\.(py|ipynb)(\[cell \d{1,4}\])?:\d{1,5}(?!\d)")
NOT_LOADED = "could not be loaded: "
# A name that is asked for is not there, and one much like it is: the work was done, under another name.
MISNAMED = re.compile(r"the submission defines no '(\w+)'; did you mean (\w+)")
_UNREADABLE = " cannot be read: "
_BLOCK = 4_000
_BRIEF = 400
_INPUTS_HIDDEN = "This is a hidden check: its inputs are not shown."
_BROKEN = "This could not be graded: the fault is the grader's, not yours. Staff will look at it."
# Of these nothing is told but the kind.
_NAMELESS = frozenset({Outcome.PASSED, Outcome.BROKEN, Outcome.NOT_IMPLEMENTED})
_KINDS = {
    Outcome.FAILED: "What came back is not right.",
    Outcome.NOT_IMPLEMENTED: "Not implemented yet.",
    Outcome.RAISED: "Your code raised an exception.",
    Outcome.TIMED_OUT: "Your code took too long.",
    Outcome.OUT_OF_MEMORY: "Your code needed more memory than there is.",
    Outcome.CRASHED: "Your code ended its process.",
    Outcome.FORBIDDEN: "Your code did something that is not allowed here.",
    Outcome.TO_BE_MARKED: "A person will look at this.",
}


# How student code ended: the name of an exception and the line, as a student reads them.
Ending = tuple[str, str]


def feedback_text(result: CheckResult, *, staff: bool, shown: frozenset[Ending] = frozenset()) -> str:
    """Return what there is to say about a check, "" for a passed one.

    In the order that helps: what was asked, the kind of mistake, the misconception, the student's
    own line; then, for public suites and for staff, the smallest failing input with expected and
    got, how to reproduce it, the traceback and what was printed. Of a hidden check that their code
    ended students read nothing that this code can choose by the inputs that it sees, neither an exception
    nor a line, unless it is among those that public checks have `shown` already. Of a broken check they
    read nothing but that it is not their fault: what it says may hold the reference's answers.
    """
    if result.outcome is Outcome.PASSED:
        return ""
    feedback = result.feedback
    if staff:
        return _join([f"[{result.check.id}]", *_short(result, feedback), *_long(feedback)])
    whole = _is_public(result) and result.outcome not in {Outcome.BROKEN, Outcome.NOT_IMPLEMENTED}
    return _join([*_brief(result, shown), *(_long(feedback) if whole else [])])


def criterion_text(results: Sequence[CheckResult]) -> str:
    """Return what students read about all checks of a criterion: the first in full, the others in a line each.

    The first is a broken one, else a public one, which shows its inputs, and among those of the worst
    outcome. What does not load is told once, whichever checks came upon it.
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
    """Why a criterion could not be decided, for staff: in a line, and with all that is known."""

    criterion: str
    reason: str
    whole: str


def undecided(results: Iterable[CheckResult]) -> tuple[Undecided, ...]:
    """Return why criteria are broken, one entry for each of which a check is."""
    broken: dict[str, list[CheckResult]] = {}
    for result in results:
        if result.outcome is Outcome.BROKEN:
            broken.setdefault(result.check.criterion, []).append(result)
    return tuple(
        Undecided(criterion, _in_a_line(found[0].feedback), "\n\n".join(feedback_text(r, staff=True) for r in found))
        for criterion, found in broken.items()
    )


def misconceptions(results: Sequence[CheckResult]) -> tuple[str, ...]:
    """Return the sentences by which `criterion_text` names known mistakes, each once."""
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
    yield f"{more} not pass{' (of hidden ones no inputs are shown)' if hidden else ''}:"
    known = _brief(first, shown)[1:]
    for other in others:
        asked, *said = _brief(other, shown)
        new = [words for words in said if words and words not in known] or ["the same"] * any(said)
        words = " — ".join(" ".join(part.split()) for part in [asked, *new] if part)
        yield printable(f"{other.check.visibility}: {words}", limit=_BRIEF)


def _is_public(result: CheckResult) -> bool:
    return result.check.visibility == "public"


def _brief(result: CheckResult, shown: frozenset[Ending]) -> list[str]:
    """Return what a student reads of any check, hidden or not: what was asked, and what came of it."""
    feedback, public = result.feedback, _is_public(result)
    if result.outcome is Outcome.BROKEN:
        return [_BROKEN]
    if result.outcome is Outcome.NOT_IMPLEMENTED:
        return [feedback.kind if public and feedback.kind else _KINDS[result.outcome]]
    if public or result.outcome in {Outcome.FAILED, Outcome.TO_BE_MARKED}:  # of which the words are the check's
        return _short(result, feedback)
    if feedback.kind.startswith(NOT_LOADED):
        return _not_loaded(result, feedback)
    return _ended(result, feedback, shown)


def _not_loaded(result: CheckResult, feedback: Feedback) -> list[str]:
    """Say why the student's code did not load: it had seen no input by then, so that it can tell of none."""
    raised, place = _ending(feedback)
    kind = f"{NOT_LOADED}{raised}" if raised else _KINDS[result.outcome]
    if _UNREADABLE in feedback.kind and not raised:
        kind = "A file that was handed in cannot be read."
    return [_asked(result, feedback), kind, feedback.misconception, place]


def _ended(result: CheckResult, feedback: Feedback, shown: frozenset[Ending]) -> list[str]:
    """Say how the student's code ended a hidden check, in nothing that this code could choose.

    What it raises, in which line, and what it prints it can choose by the inputs that it sees, and so tell them to
    its author. Left is the function that was called, and what a public check has shown as well.
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
    """Return the name of the exception of Python's own that ended a check, and the student's line; "" for neither."""
    raised = next(filter(_is_builtin_exception, re.findall(r"\w+", feedback.kind)), "")
    place = OWN_LINE.match(feedback.student_line)
    return raised, place[0] if place else ""


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
