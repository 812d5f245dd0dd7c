"""A result as Markdown: marks by question, and the student's feedback, most basic first.

What a student's code chose (names, messages, printed text) is shown but never interpreted: prose is escaped, everything
else is in fences that are longer than any inside. It cannot produce HTML, links or pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from textwrap import dedent

from grader.core.text import printable
from grader.report.score import Lost, closing_words, marks_words, skipped_words, told_together, total_words, totals
from grader.results.result import CriterionResult, Result

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!$@^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
# What turns a line that begins with it into a list, a rule or a heading.
_START = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")
_REPRODUCE = "To reproduce:"
# Titles of blocks of their own; any other words above a block are part of it.
_TITLES = (_REPRODUCE, "Where it happened:", "Your code printed:")
# A line for each further check of a criterion, as `grader.results.feedback` writes it.
_FURTHER = ("public: ", "hidden: ")
_LONGEST = 100_000


def feedback_page(result: Result) -> str:
    """Return what a student receives as a file: the marks, what was lost and why, what to do next."""
    title = f"# {escaped(result.submission)} · {escaped(result.assignment)}"
    parts = [title, _standing(result), _table(result)]
    skipped = skipped_words(result)
    parts += [escaped(skipped[0]), _list(skipped[1:])] if skipped else []
    told = [_told(lost) for lost in told_together(result)]
    parts += ["## What to look at", *told] if told else []
    closing = closing_words(result)
    parts += ["## What is next", _list(closing)] if closing else []
    return "\n\n".join(parts) + "\n"


@lru_cache(maxsize=1_000)  # all pages of a class have the same titles
def escaped(text: str) -> str:
    """Return foreign text as one line of Markdown in which nothing is markup, a link or HTML."""
    line = printable(" ".join(text.split()), limit=_LONGEST)
    return _START.sub(lambda start: _guarded(start[0]), _SPECIAL.sub(r"\\\g<0>", line))


def fenced(text: str, language: str = "") -> str:
    """Return foreign text as a block that nothing inside it can close."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{fence}{language}\n{printable(text, keep=chr(10), limit=_LONGEST)}\n{fence}"


def _guarded(start: str) -> str:
    # Only its dot makes a number start a list, so the dot is escaped.
    return f"&#8203;{start}" if start.isdigit() else f"\\{start}"


def _standing(result: Result) -> str:
    marks, waiting = total_words(result)
    return f"**{marks}**" + f"; {waiting}" * bool(waiting)


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)


def _table(result: Result) -> str:
    lines = ["| | outcome | marks |", "| --- | --- | ---: |"]
    for question in result.questions:
        lines.append(f"| **{escaped(question.title)}** | | **{marks_words(question.criteria)}** |")
        for criterion in question.criteria:
            lines.append(f"| {escaped(criterion.title)} | {_words(criterion)} | {marks_words([criterion])} |")
    lines += [f"| **{what}** | | **{so_far}** |" for what, so_far in totals(result)]
    return "\n".join(lines)


def _told(lost: list[Lost]) -> str:
    question, first = lost[0]
    one = len(lost) == 1
    title = escaped(f"{question.title}: {first.title}") if one else f"One reason for {len(lost)} criteria"
    ids = ", ".join(f"`{criterion.id}`" for _, criterion in lost)
    marks = f", {marks_words([first])} marks" if one else ""
    return "\n\n".join([f"### {title}", f"{ids}: {_words(first)}{marks}", *_blocks(first.feedback)])


def _words(criterion: CriterionResult) -> str:
    return criterion.outcome.value.replace("_", " ")


def _blocks(feedback: str) -> Iterator[str]:
    """Yield the paragraphs and blocks of a feedback: text that is indented or aligned keeps its layout."""
    language = ""
    lines = feedback.expandtabs(4).split("\n")
    for kept, group in groupby(range(len(lines)), key=lambda number: _keeps_its_form(lines[number:])):
        text = "\n".join(lines[number] for number in group).strip("\n")
        if kept:
            yield fenced(dedent(text), language)
        else:
            yield from _paragraphs(text)
        language = "python" if text.endswith(_REPRODUCE) else ""


def _paragraphs(text: str) -> Iterator[str]:
    further: list[str] = []
    for line in filter(str.strip, text.split("\n")):
        if line.startswith(_FURTHER):
            further.append(line)
        else:
            yield from [_list(further)] * bool(further)
            further = []
            yield escaped(line)
    yield from [_list(further)] * bool(further)


def _keeps_its_form(lines: list[str]) -> bool:
    """Return whether the first of some lines is indented, blank before an indented one, or aligned with the next."""
    first = next((line for line in lines if line.strip()), "")
    goes_with = first == lines[0] not in _TITLES and "".join(lines[1:2]).strip() and lines[1].startswith(" ")
    return first.startswith(" ") or bool(goes_with)
