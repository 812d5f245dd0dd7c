"""The page of a student's last run: one HTML file that needs no network, no other file and no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape

from grader.core.decimals import decimal_text
from grader.core.outcome import Check, CheckResult, Outcome
from grader.course.rubric.model import Question, Rubric
from grader.desk.fragments import STYLE, criteria_table, hint_blocks, said, totals
from grader.desk.pictures import Drawing
from grader.results.marks import settle
from grader.results.result import CriterionResult

PAGE_STYLE = """
:root { color-scheme: light dark; --passed: #1a7f37; --lost: #bc4c00; }
body { margin: 0 auto; padding: 1rem; max-width: 46rem; background: #fff; color: #1f2328; }
@media (prefers-color-scheme: dark) {
  :root { --passed: #3fb950; --lost: #f0883e; }
  body { background: #14171a; color: #dfe3e8; } a { color: #6cb6ff; }
}
h1 { font-size: 1.35rem; line-height: 1.25; margin: .2rem 0; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .2rem; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; font-size: .9em; }
table.all { width: 100%; } table.all td { vertical-align: middle; } table.all td:nth-child(2) { width: 30%; }
"""


@dataclass(frozen=True)
class AssignmentRun:
    """The part of an assignment that ran: results by criterion, pictures by check.

    `cut_short` holds the criteria with checks that were selected but did not run: they have no marks yet.
    """

    rubric: Rubric
    checks: Mapping[str, Sequence[CheckResult]]
    pictures: Mapping[Check, Drawing] = field(default_factory=dict)
    cut_short: frozenset[str] = frozenset()


def page(runs: Sequence[AssignmentRun]) -> str:
    """Return the document."""
    title = " · ".join(run.rubric.title for run in runs)
    body = "".join(part for run in runs for part in assignment(run))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}: last run</title><style>{STYLE}{PAGE_STYLE}</style></head>"
        f'<body class="gradproof">{body}</body></html>\n'
    )


def assignment(run: AssignmentRun) -> Iterator[str]:
    """Yield an assignment with all its questions, for a page or for the output of a notebook's cell."""
    settled = settle(run.rubric, run.checks)
    ran = {
        question: [settled[c.id] for c in question.criteria if c.id in run.checks and c.id not in run.cut_short]
        for question in run.rubric.questions
    }
    ran = {question: criteria for question, criteria in ran.items() if criteria}
    earned, most = totals([criterion for criteria in ran.values() for criterion in criteria])
    yield f"<header><h1>{escape(run.rubric.title)}</h1><p>{escape(run.rubric.assignment)}: "
    yield f"{decimal_text(earned)} of {decimal_text(most)} marks from the checks of the last run.</p></header>"
    yield '<table class="all">'
    for question, criteria in ran.items():
        earned, most = totals(criteria)
        yield f'<tr><td><a href="#{question.id}">{escape(question.title)}</a></td><td>{_bar(earned, most)}</td>'
        yield f'<td class="n">{decimal_text(earned)} / {decimal_text(most)}</td></tr>'
    yield "</table>"
    for question, criteria in ran.items():
        yield from _question(question, criteria, run)


def _question(question: Question, criteria: Sequence[CriterionResult], run: AssignmentRun) -> Iterator[str]:
    yield f'<section id="{question.id}"><h2>{escape(question.title)}</h2><p><code>{question.id}</code></p>'
    lost = any(criterion.outcome is not Outcome.PASSED for criterion in criteria)
    table = criteria_table(criteria)
    yield table if lost else f"<details><summary>✓ passed</summary>{table}</details>"
    yield from said(criteria, run.checks, run.pictures)
    if run.rubric.hints and lost:
        yield hint_blocks(question)
    yield "</section>"


def _bar(earned: Fraction, most: Fraction) -> str:
    share = float(earned / most) if most else 1.0
    return f'<div class="bar" role="img" aria-label="{share:.0%}"><div style="width: {share:.0%}"></div></div>'
