"""The bank: known wrong work and right work in other styles, as data.

A file ``tests/bank/misconceptions/QUESTION/SLUG.py`` is appended to the reference's module, so that its definitions
replace earlier ones. Its docstring is the sentence that helps the author of this mistake, followed by ``Loses:
CRITERION, …``. If no check can distinguish the mistake from another by its answers, ``Unnamed:`` says why.
``tests/bank/alternatives/QUESTION/SLUG.py`` is right work; its docstring says how it differs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from grader.core.errors import CourseError
from grader.core.text import did_you_mean
from grader.course.folder import Course
from grader.course.rubric.model import Question, Rubric

Kind = Literal["misconceptions", "alternatives"]
_FIELD = re.compile(r"^(Loses|Unnamed): *", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One file of the bank.

    `sentence` is one line. `loses` lists the criteria that a misconception costs, and is empty for right work.
    `unnamed` is the reason why feedback does not name it, if there is one. `source` is the file's text.
    """

    question: str
    slug: str
    sentence: str
    loses: tuple[str, ...]
    unnamed: str
    source: str

    @property
    def name(self) -> str:
        """Return e.g. ``optimizers.sgd/uphill``."""
        return f"{self.question}/{self.slug}"


@dataclass(frozen=True)
class Bank:
    """The bank of one assignment, by question and file name."""

    misconceptions: tuple[Entry, ...]
    alternatives: tuple[Entry, ...]

    @cached_property
    def by_criterion(self) -> dict[str, list[Entry]]:
        """The misconceptions that lose each criterion."""
        found: dict[str, list[Entry]] = {}
        for entry in self.misconceptions:
            for criterion in entry.loses:
                found.setdefault(criterion, []).append(entry)
        return found


def load_bank(course: Course, rubric: Rubric) -> Bank:
    """Return the entries of a course's bank for an assignment; none if there is no bank.

    Raises CourseError for a malformed file.
    """
    return Bank(tuple(_entries(course, rubric, "misconceptions")), tuple(_entries(course, rubric, "alternatives")))


def overlaid(course: Course, question: Question, source: str) -> str:
    """Return the text of the module that solves a question with `source` appended to it.

    Raises CourseError if there is no such module.
    """
    file = course.solution(question)
    if not file.is_file():
        raise CourseError(
            "the module that solves a question does not exist", where=file, found=f"question {question.id}"
        )
    solution = file.read_text(encoding="utf-8")
    return f"{solution}\n\n{source}"


def known_questions(course: Course) -> list[str]:
    """Return the ids of all questions in the course's assignments, sorted."""
    return sorted(question.id for name in course.assignments() for question in course.rubric(name).questions)


def demand_question(known: Sequence[str], question: str, where: str | Path) -> None:
    """Raise CourseError if `question`, which the bank refers to at `where`, is not among the `known` ones."""
    if question not in known:
        raise CourseError(
            "the bank refers to a question that no rubric has",
            where=where,
            found=question,
            todo=did_you_mean(question, known) or "name it after a question, or remove it",
        )


def _entries(course: Course, rubric: Rubric, kind: Kind) -> Iterator[Entry]:
    for question in rubric.questions:
        for file in sorted((course.bank / kind / question.id).glob("*.py")):
            yield _entry(file, question, kind)


def _entry(file: Path, question: Question, kind: Kind) -> Entry:
    source = file.read_text(encoding="utf-8")
    sentence, fields = _docstring(file, source)
    loses = tuple(filter(None, re.split(r"[,\s]+", fields.get("Loses", ""))))
    known = [criterion.id for criterion in question.criteria if not criterion.manual]
    if kind == "misconceptions" and not loses:
        raise CourseError(
            "a misconception does not say which criteria it loses",
            where=file,
            expected=f"a line `Loses: …` in its docstring, naming some of {', '.join(known)}",
        )
    for criterion in loses:
        if kind == "alternatives" or criterion not in known:
            raise CourseError(
                "right work cannot lose a criterion"
                if kind == "alternatives"
                else "a misconception loses an unknown criterion",
                where=file,
                found=f"Loses: {criterion}",
                expected=f"some of {', '.join(known)}" if kind == "misconceptions" else None,
                todo=did_you_mean(criterion, known) or None,
            )
    return Entry(question.id, file.stem, sentence, loses, fields.get("Unnamed", ""), source)


def _docstring(file: Path, source: str) -> tuple[str, dict[str, str]]:
    try:
        docstring = ast.get_docstring(ast.parse(source)) or ""
    except SyntaxError as error:
        raise CourseError("is not Python", where=f"{file}:{error.lineno}", found=str(error)) from error
    sentence, *rest = (" ".join(part.split()) for part in _FIELD.split(docstring))
    if not sentence:
        raise CourseError(
            "a file of the bank has no sentence", where=file, expected="a docstring: a sentence that helps"
        )
    return sentence, dict(zip(rest[::2], rest[1::2], strict=True))
