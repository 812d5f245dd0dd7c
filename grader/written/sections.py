"""Which of a notebook's cells of text belong to which question: those below a heading that names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.jail.notebooks import MarkdownCell
from grader.rubric.model import Question

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*)$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_MARKUP = re.compile(r"[\\*_`#:.\[\]<>|$\s]+")
_LEAD = re.compile(r"^(?:question|answer|answer to|solution|solution to)\s+")
_LONGEST_HEADING = 300


@dataclass(frozen=True)
class Passage:
    """Text of a student's in one cell, below a heading that names `question`, or below none (None)."""

    cell: MarkdownCell
    question: str | None
    text: str


def passages(cells: Iterable[MarkdownCell], questions: Sequence[Question]) -> Iterator[Passage]:
    """Yield the student's text in `cells`, in order, with the question that it belongs to.

    A question is named by a heading that begins with its id or its title, or by a cell whose first line is one of
    them. Text belongs to it until another question is named; headings of the student's own change nothing. A kit's
    cell that is as it came gives no text.
    """
    names = {_plain(name): question.id for question in questions for name in (question.id, question.title)}
    notebook, current = "", None
    for cell in cells:
        if cell.notebook != notebook:
            notebook, current = cell.notebook, None
        for heading, text in _parts(cell.text, names):
            if heading is not None:
                current = _named(heading, names)
            elif cell.untouched and _HEADING.match(text.partition("\n")[0]):
                current = None  # a kit's own heading of something else, such as the next module
            if not cell.untouched and (_answered(heading, text) or cell.pictures):
                yield Passage(cell, current, text.strip("\n"))


def _parts(text: str, names: dict[str, str]) -> Iterator[tuple[str | None, str]]:
    """Yield the parts of a cell's text, each with the line that names its question, None for a first part without."""
    heading: str | None = None
    lines: list[str] = []
    fenced = False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.strip())):
        fenced ^= _FENCE.match(line) is not None
        match = _HEADING.match(line[:_LONGEST_HEADING])
        said = match[1] if match else line[:_LONGEST_HEADING]
        names_one = _named(said, names) if match else number == 0 and _plain(said) in names
        if names_one and not fenced:
            if lines:
                yield heading, "\n".join(lines)
            heading, lines = said, []
        lines.append(line)
    yield heading, "\n".join(lines)


def _named(heading: str, names: dict[str, str]) -> str | None:
    """Return the question that a heading begins with, of several the one with the longest name."""
    said = _LEAD.sub("", _plain(heading))
    found = [name for name in names if said == name or said.startswith(f"{name} ")]
    return names[max(found, key=len)] if found else None


def _plain(text: str) -> str:
    return _MARKUP.sub(" ", text).strip().casefold()


def _answered(heading: str | None, text: str) -> bool:
    """Tell whether there is anything besides the line that names the question."""
    return bool((text.partition("\n")[2] if heading is not None else text).strip())
