"""A result as Markdown: marks by question, and what the student is told, most basic first.

What a student's code chose (names, messages, printed text) is shown and never obeyed: prose is escaped,
all else stands in fences that are longer than any within. No HTML, link or picture comes out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from textwrap import dedent

from grader.render.score import closing_words, told_together
from grader.result import CriterionResult, QuestionResult, Result
from grader.text import printable

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!$@^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
# What makes a list, a rule or a heading of a line that begins with it.
_START = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")
_REPRODUCE = "To reproduce:"
_LONGEST = 100_000


def feedback_page(result: Result) -> str:
    """Return what a student gets as a file of their own: the marks, what was lost and why, what to do next."""
    title = f"# {escaped(result.submission)} · {escaped(result.assignment)}"
    marks = f"**{result.marks} of {result.max_marks} marks**"
    parts = [title, marks if result.complete else f"{marks}, not complete yet", _table(result)]
    told = [_told(criteria) for criteria in told_together(result)]
    parts += ["## What to look at", *told] if told else []
    closing = [f"- {escaped(words)}" for words in closing_words(result)]
    parts += ["## What is next", "\n".join(closing)] if closing else []
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return foreign text as one line of Markdown in which nothing is markup, a link or HTML."""
    line = printable(" ".join(text.split()), limit=_LONGEST)
    return _START.sub(lambda start: _guarded(start[0]), _SPECIAL.sub(r"\\\g<0>", line))


def fenced(text: str, language: str = "") -> str:
    """Return foreign text as a block that nothing within it can close."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{fence}{language}\n{printable(text, keep=chr(10), limit=_LONGEST)}\n{fence}"


def _guarded(start: str) -> str:
    # A number can only be kept from starting a list by its dot, so it gets something before it.
    return f"&#8203;{start}" if start.isdigit() else f"\\{start}"


def _table(result: Result) -> str:
    lines = ["| | outcome | marks |", "| --- | --- | ---: |"]
    for question in result.questions:
        lines.append(f"| **{escaped(question.title)}** | | **{_marks(question)}** |")
        for criterion in question.criteria:
            lines.append(f"| {escaped(criterion.title)} | {_words(criterion)} | {_marks(criterion)} |")
    lines.append(f"| **Total** | | **{_marks(result)}** |")
    return "\n".join(lines)


def _told(criteria: list[CriterionResult]) -> str:
    first = criteria[0]
    title = escaped(first.title) if len(criteria) == 1 else f"One reason for {len(criteria)} criteria"
    ids = ", ".join(f"`{criterion.id}`" for criterion in criteria)
    marks = f", {_marks(first)} marks" if len(criteria) == 1 else ""
    return "\n\n".join([f"### {title}", f"{ids}: {_words(first)}{marks}", *_blocks(first.feedback)])


def _words(criterion: CriterionResult) -> str:
    return criterion.outcome.value.replace("_", " ")


def _blocks(feedback: str) -> Iterator[str]:
    """Yield the paragraphs and blocks of a feedback: what is indented in it, or lined up, keeps its form."""
    language = ""
    lines = feedback.expandtabs(4).split("\n")
    for kept, group in groupby(range(len(lines)), key=lambda number: _keeps_its_form(lines[number:])):
        text = "\n".join(lines[number] for number in group).strip("\n")
        if kept:
            yield fenced(dedent(text), language)
        else:
            yield from (escaped(line) for line in text.split("\n") if line.strip())
        language = "python" if text.endswith(_REPRODUCE) else ""


def _keeps_its_form(lines: list[str]) -> bool:
    """Tell whether the first of some lines is indented, or empty before one that is."""
    first = next((line for line in lines if line.strip()), "")
    return first.startswith(" ")


def _marks(of: Result | QuestionResult | CriterionResult) -> str:
    return f"{of.marks} / {of.max_marks}"
