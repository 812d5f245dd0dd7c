"""A graded class as a page of Markdown: which questions were hard, and which mistakes many students made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from statistics import mean, median

from grader.core.decimals import decimal_text, exact_sum
from grader.core.outcome import BY_HAND, Outcome
from grader.core.text import counted
from grader.course.rubric.model import Rubric
from grader.report.markdown import escaped
from grader.results.class_list import Row, ended
from grader.results.feedback import NOT_LOADED
from grader.results.result import CriterionResult, QuestionResult, Result

_SILENT = frozenset({Outcome.NOT_IMPLEMENTED, Outcome.SKIPPED, Outcome.BROKEN, *BY_HAND})
_NAMED, _LISTED = 5, 20


def class_page(rubric: Rubric, rows: Sequence[Row]) -> str:
    """Return the page for staff, without what a person marks; work that was handed in twice counts twice.

    What could not be decided is nobody's mistake: such criteria are not counted, nor are the questions and sums that
    contain them.
    """
    results = [row.result for row in rows if row.result]
    parts = [f"# {escaped(rubric.title)}: the class", _standing(rows, results)]
    for title, head, lines in (
        ("Questions, the hardest first", "| question | begun by | mean | full marks |", _questions(rubric, results)),
        ("Criteria, by those who lost them", "| criterion | lost by | begun by |", _criteria(rubric, results)),
        ("Mistakes, the most common first", "| made by | mistake | in | by |", _mistakes(rows)),
    ):
        body = [*lines][:_LISTED]
        columns = head.count("|") - 1
        parts += [f"## {title}", "\n".join([head, f"|{' --- |' * columns}", *body])] if body else []
    odd = [f"- {escaped(row.name)}: {escaped(said)}" for row in rows if (said := _said(rubric, row))]
    parts += ["## To be looked at", "\n".join(odd)] if odd else []
    return "\n\n".join(parts) + "\n"


def _standing(rows: Sequence[Row], results: Sequence[Result]) -> str:
    marks = [_earned(result.criteria) for result in results if not result.is_broken]
    if not marks:
        return f"None of {counted(len(rows), 'hand-in')} has marks."
    most = max(most for _, most in marks)
    earned = [earned for earned, _ in marks]
    spread = f"mean {_short(mean(earned))}, median {_short(median(earned))}, from {_short(min(earned))} to"
    return (
        f"{len(marks)} of {counted(len(rows), 'hand-in')} have marks. "
        f"By checks, of {decimal_text(most)}: {spread} {_short(max(earned))}."
    )


def _questions(rubric: Rubric, results: Sequence[Result]) -> Iterator[str]:
    """Yield a row for each question with checks, by the mean share of those who began it; then the others."""
    table = list[tuple[Fraction, str]]()
    for question in rubric.questions:
        found = [q for result in results for q in result.questions if q.id == question.id and not q.is_broken]
        shares = [_share(q) for q in found if _begun(q.criteria)]
        if all(criterion.manual for criterion in question.criteria) or not found:
            continue
        share = mean(shares) if shares else Fraction(2)
        said = f"{float(share):.0%} | {sum(one == 1 for one in shares)}" if shares else "– | –"
        name = f"`{question.id}` {escaped(question.title)}"
        table.append((share, f"| {name} | {len(shares)} of {len(found)} | {said} |"))
    yield from (line for _, line in sorted(table, key=lambda entry: entry[0]))


def _criteria(rubric: Rubric, results: Sequence[Result]) -> Iterator[str]:
    found = {c.id: list[CriterionResult]() for c in rubric.criteria if not c.manual}
    for ended_so in (c for result in results for q in result.questions for c in q.criteria if c.id in found):
        found[ended_so.id] += [ended_so] if _begun([ended_so]) else []
    lost = {name: sum(c.outcome is not Outcome.PASSED for c in begun) for name, begun in found.items()}
    for criterion in sorted((c for c in rubric.criteria if lost.get(c.id)), key=lambda c: -lost[c.id]):
        name = f"`{criterion.id}` {escaped(criterion.title)}"
        yield f"| {name} | {lost[criterion.id]} | {len(found[criterion.id])} |"


def _mistakes(rows: Sequence[Row]) -> Iterator[str]:
    made: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for row in rows:
        for criterion in (c for q in row.result.questions for c in q.criteria) if row.result else ():
            for sentence in criterion.misconceptions:
                criteria, names = made.setdefault(sentence, ({}, {}))
                criteria[criterion.id] = names[row.name] = None
    for sentence, (criteria, names) in sorted(made.items(), key=lambda entry: -len(entry[1][1])):
        who = ", ".join([*map(escaped, [*names][:_NAMED]), *["…"] * (len(names) > _NAMED)])
        yield f"| {len(names)} | {escaped(sentence)} | {', '.join(f'`{one}`' for one in criteria)} | {who} |"


def _said(rubric: Rubric, row: Row) -> str:
    return "; ".join(filter(None, [row.remark, ended(rubric, row.result) if row.result else ""]))


def _begun(criteria: Sequence[CriterionResult]) -> bool:
    """Return whether there is work on some criteria that checks could run, i.e. that loads and is implemented."""
    return any(c.outcome not in _SILENT and not c.feedback.startswith(NOT_LOADED) for c in criteria)


def _share(question: QuestionResult) -> Fraction:
    earned, most = _earned(question.criteria)
    return earned / most if most else Fraction(1)


def _earned(criteria: Sequence[CriterionResult] | Iterator[CriterionResult]) -> tuple[Fraction, Fraction]:
    """Return the marks that the checks gave, and the most that they could give."""
    known = [c for c in criteria if c.outcome not in BY_HAND]
    return exact_sum(c.marks for c in known), exact_sum(c.counted for c in known)


def _short(marks: Fraction) -> str:
    return f"{float(marks):.4g}"
