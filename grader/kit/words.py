"""What a kit's page and its notebook both say about a question, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from textwrap import fill

from grader.core.decimals import decimal_text
from grader.core.text import counted, listed
from grader.course.rubric.model import Criterion, Question

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#$])")


def escaped(text: str) -> str:
    """Return text from a rubric so that Markdown shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def heading(question: Question) -> str:
    """Return e.g. ``2 (b) SGD with momentum · 3 marks``."""
    return f"{escaped(question.title)} · {marks_words(question.marks)}"


def task_words(question: Question) -> list[str]:
    """Return what to do and hand in as a paragraph, or nothing if the rubric leaves it to docstrings."""
    return [escaped(" ".join(question.task.split()))] if question.task else []


def marks_words(marks: Fraction) -> str:
    """Return e.g. ``1 mark`` or ``2.5 marks``."""
    return f"{decimal_text(marks)} {'mark' if marks == 1 else 'marks'}"


def names_in_code(question: Question) -> str:
    """Return the names to implement, e.g. ```bowl` and `SGD```."""
    return listed(f"`{name}`" for name in question.names)


def sheet_words(question: Question) -> str:
    """Return how to answer a question on an answer sheet."""
    file = f"`student/{question.sheet.file}`" if question.sheet else ""
    return (
        f"`{question.id}`: by hand, on the sheet {file}. The file in your kit is an example: replace it with the "
        "sheet that was made for your roll number, and fill it in with a text editor. `pytest` tells whether it can be "
        "read; only staff know whether it is right."
    )


def packages_words(question: Question) -> str:
    """Return what a question's code may import."""
    provided = (f"the part of `{package}` that this kit provides" for package in question.provided)
    allowed = listed(["Python's own modules", *(f"`{package}`" for package in question.packages), *provided])
    return ", but not ".join([allowed, *(f"`{name}`" for name in question.forbidden)])


def criteria_table(question: Question, checks: Mapping[str, int]) -> str:
    """Return a table of what earns marks; `checks` counts the public checks of each criterion."""
    rows = [
        f"| {decimal_text(criterion.marks)} | {escaped(criterion.title)}{_condition(question, criterion)} "
        f"| {_judge(criterion, checks.get(criterion.id, 0))} |"
        for criterion in question.criteria
    ]
    return "\n".join(["| marks | for | in this kit |", "| ---: | --- | --- |", *rows])


def _judge(criterion: Criterion, public: int) -> str:
    if criterion.manual:
        return "a person marks it"
    return counted(public, "check") if public else "hidden checks only"


def _condition(question: Question, criterion: Criterion) -> str:
    conditions = "; ".join(_conditions(question, criterion))
    return f" ({conditions})" if conditions else ""


def _conditions(question: Question, criterion: Criterion) -> Iterator[str]:
    if criterion.bonus:
        yield "a bonus, which is not part of the sum of all marks"
    if criterion.marks < 0:
        yield "taken away if this is not so"
    if criterion.partial:
        yield "each passed check earns a share of the marks"
    if criterion.requires:
        titles = {c.id: f"“{escaped(c.title)}”" for c in question.criteria}
        verb = "passes" if len(criterion.requires) == 1 else "pass"
        yield f"counts only if {listed(titles.get(r, f'`{r}`') for r in criterion.requires)} {verb}"


def paragraph(text: str) -> str:
    """Return a paragraph wrapped to a page's width."""
    # A command is kept on one line, so that it can be copied.
    whole = re.sub("`[^`]*`", lambda code: code[0].replace(" ", "\0"), text)
    return fill(whole, 110, break_long_words=False, break_on_hyphens=False).replace("\0", " ")
