"""Which of a notebook's cells belong to which question: those below a heading that names it, or that use its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.handmarking.question_names import QuestionNames

if TYPE_CHECKING:
    from grader.sandbox.notebooks import NotebookCell

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*)$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_CHECKS = re.compile(r"\s*(?:from grader\.notebook import check\s*)?check\([^()]*\)\s*")
_LONGEST_HEADING = 300


@dataclass(frozen=True)
class Passage:
    """A student's text in one cell, or the output of a cell of code, with the question that it belongs to, or None."""

    cell: NotebookCell
    question: str | None
    text: str


def passages(cells: Iterable[NotebookCell], names: QuestionNames) -> Iterator[Passage]:
    """Yield the student's text in `cells` and the output of their code, in order, for each question that it belongs to.

    A question is named by a heading that begins with its id, title or label, or by a cell whose first line is its id or
    title. What follows belongs to it until another question is named; headings of the student's own change nothing. An
    unchanged cell of a kit yields no text. Output of code belongs to a question whose functions the code uses, if a
    person marks it, or else to that of the heading, or to one with the label of the functions' question.
    """
    notebook, current = "", tuple[str, ...]()
    for cell in cells:
        if cell.notebook != notebook:
            notebook, current = cell.notebook, ()
        if cell.is_code:
            yield from _shown(cell, current, names)
            continue
        for heading, text in _parts(cell.text, names):
            if heading is not None:
                current = names.in_heading(heading)
            elif cell.untouched and _HEADING.match(text.partition("\n")[0]):
                current = ()  # a kit's own heading of something else, such as the next module
            if not cell.untouched and (_answered(heading, text) or cell.pictures):
                yield from _each(cell, names.marked_for(current) or current, text.strip("\n"))


def _shown(cell: NotebookCell, current: tuple[str, ...], names: QuestionNames) -> Iterator[Passage]:
    """Yield the output of a cell of code; the output of a kit's `check` is not work."""
    if not (cell.shown or cell.pictures) or _CHECKS.fullmatch(cell.text):
        return
    used = names.in_code(cell.text)
    own = used if any(map(names.is_by_hand, used)) else ()
    text = f"What cell {cell.number} shows:\n\n{cell.shown}" if cell.shown else ""
    yield from _each(cell, own or names.marked_for(current) or names.marked_for(used), text)


def _each(cell: NotebookCell, questions: tuple[str, ...], text: str) -> Iterator[Passage]:
    for question in questions or (None,):
        yield Passage(cell, question, text)


def _parts(text: str, names: QuestionNames) -> Iterator[tuple[str | None, str]]:
    """Yield the parts of a cell's text with the lines that name their questions, None for a first part without one."""
    heading: str | None = None
    lines: list[str] = []
    fenced = False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.strip())):
        fenced ^= _FENCE.match(line) is not None
        match = _HEADING.match(line[:_LONGEST_HEADING])
        said = match[1] if match else line[:_LONGEST_HEADING]
        names_one = names.in_heading(said) if match else number == 0 and names.is_name(said)
        if names_one and not fenced:
            if lines:
                yield heading, "\n".join(lines)
            heading, lines = said, []
        lines.append(line)
    yield heading, "\n".join(lines)


def _answered(heading: str | None, text: str) -> bool:
    """Return whether there is anything besides the line that names the question."""
    return bool((text.partition("\n")[2] if heading is not None else text).strip())
