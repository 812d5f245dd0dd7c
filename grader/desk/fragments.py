"""What a student reads about a question as HTML, on the page of a run and in a notebook; the same words as in text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from html import escape

from grader.core.decimals import decimal_text
from grader.core.outcome import Check, CheckResult, Outcome
from grader.core.text import printable
from grader.course.rubric.model import Question
from grader.desk.pictures import Drawing
from grader.results.feedback import feedback_text
from grader.results.result import CriterionResult

LIMIT = 4_000
# A symbol for each outcome besides its colour, for readers who cannot distinguish the colours.
MARKS = {Outcome.PASSED: "✓", Outcome.NOT_IMPLEMENTED: "○", Outcome.SKIPPED: "○", Outcome.TO_BE_MARKED: "○"}
WRONG = "✗"
# Text and background colours are inherited, so that it also fits a notebook in dark mode.
STYLE = """
.gradproof { font-family: system-ui, sans-serif; line-height: 1.45; max-width: 46rem; }
.gradproof table { border-collapse: collapse; margin: .5rem 0; }
.gradproof td, .gradproof th { padding: .2rem .6rem .2rem 0; text-align: left; vertical-align: top; background: none; }
.gradproof .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.gradproof .passed { color: var(--passed, #2a9147); } .gradproof .lost { color: var(--lost, #d1531b); }
.gradproof .open { opacity: .75; }
.gradproof details { margin: .35rem 0; } .gradproof summary { cursor: pointer; }
.gradproof details > *:not(summary) { margin-left: 1rem; }
.gradproof pre { overflow-x: auto; padding: .5rem .7rem; margin: .3rem 0; font-size: .8125rem; line-height: 1.35;
  background: rgba(127, 127, 127, .12); border-radius: 4px; white-space: pre; color: inherit; }
.gradproof p { margin: .3rem 0; } .gradproof figure { margin: .6rem 0; max-width: 30rem; }
.gradproof figcaption { font-size: .8125rem; opacity: .8; }
.gradproof .named { border-left: 3px solid #d1531b; padding-left: .6rem; }
.gradproof .bar { height: .4rem; background: rgba(127, 127, 127, .25); border-radius: 2px; overflow: hidden; }
.gradproof .bar div { height: 100%; background: #2da44e; }
"""


def criteria_table(ran: Sequence[CriterionResult]) -> str:
    """Return how the criteria of a question ended, and what they earn."""
    rows = [
        f'<tr><td class="{_class(result.outcome)}">{MARKS.get(result.outcome, WRONG)} '
        f"{escape(outcome_words(result.outcome))}</td>"
        f'<td class="n">{result.marks} / {result.max_marks}</td><td>{escape(result.title)}</td></tr>'
        for result in ran
    ]
    earned, most = (decimal_text(total) for total in totals(ran))
    return (
        f'<table>{"".join(rows)}<tr><td>by these checks</td><td class="n">{earned} / {most}</td><td></td></tr></table>'
    )


def totals(ran: Sequence[CriterionResult]) -> tuple[Fraction, Fraction]:
    """Return the marks that criteria earn and what they are worth."""
    return sum((Fraction(r.marks) for r in ran), Fraction()), sum((Fraction(r.max_marks) for r in ran), Fraction())


def outcome_words(outcome: Outcome) -> str:
    """Return e.g. ``not implemented``."""
    return outcome.value.replace("_", " ")


def said(
    ran: Sequence[CriterionResult],
    checks: Mapping[str, Sequence[CheckResult]],
    pictures: Mapping[Check, Drawing],
) -> Iterator[str]:
    """Yield the feedback of each criterion's checks; only the first is unfolded, and the same text appears once."""
    told = {""}
    for criterion in ran:
        new = list[str]()
        for result in checks[criterion.id]:
            text = feedback_text(result, staff=result.outcome is Outcome.BROKEN)
            silent = result.outcome is Outcome.NOT_IMPLEMENTED and not result.feedback.kind
            if text not in told and not silent:
                new.append(check_block(result, pictures.get(result.check)))
            told.add(text)
        if new:
            unfolded = " open" * (len(told) <= 2)
            yield f"<details{unfolded}><summary>{escape(criterion.title)}</summary>{''.join(new)}</details>"


def check_block(result: CheckResult, picture: Drawing | None) -> str:
    """Return the feedback of a public check: what was asked, what came back, a picture, and folded details."""
    feedback = result.feedback
    if result.outcome is Outcome.BROKEN:  # shown in full: only the student sees it, and can report it to staff
        return _block(feedback_text(result, staff=True))
    if result.outcome is Outcome.NOT_IMPLEMENTED:
        return f"<p>{_clean(feedback.kind)}</p>"
    parts = [
        f"<p><b>{_clean(feedback.asked or result.check.asked)}</b></p>",
        f'<p class="lost">{_clean(feedback.kind)}</p>' if feedback.kind else "",
        f'<p class="named">{_clean(feedback.misconception)}</p>' if feedback.misconception else "",
        f"<p><code>{_clean(feedback.student_line)}</code></p>" if feedback.student_line else "",
        _figure(picture),
        _block(feedback.detail),
        _folded("To reproduce", feedback.snippet),
        _folded("Where it happened", feedback.traceback),
        _folded("Your code printed", feedback.printed),
    ]
    return "".join(parts)


def hint_blocks(question: Question) -> str:
    """Return a question's public hints, each folded into the previous one."""
    inner = ""
    for number, hint in reversed([*enumerate(question.hints, 1)]):
        title = f"hint {number} of {len(question.hints)}"
        inner = f"<details><summary>{title}</summary><p>{_clean(hint)}</p>{inner}</details>"
    return inner


def _figure(picture: Drawing | None) -> str:
    return f"<figure>{picture.svg()}<figcaption>{_clean(picture.caption)}</figcaption></figure>" if picture else ""


def _class(outcome: Outcome) -> str:
    return "passed" if outcome is Outcome.PASSED else "open" if outcome in MARKS else "lost"


def _folded(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary>{_block(text)}</details>" if text.strip() else ""


def _block(text: str) -> str:
    return f"<pre>{_clean(text.strip(chr(10)))}</pre>" if text.strip() else ""


def _clean(text: str) -> str:
    return escape(printable(text, keep="\n\t", limit=LIMIT))


def joined(parts: Iterable[str]) -> str:
    """Return parts as one piece of HTML, including the style sheet that they need."""
    return f'<style>{STYLE}</style><div class="gradproof">{"".join(parts)}</div>'
