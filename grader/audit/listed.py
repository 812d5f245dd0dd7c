"""What staff have listed beside the bank: mutants that are not mistakes, and saboteurs that a stub allows."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import CourseError
from grader.course.folder import Course
from grader.course.rubric.yaml_lines import read_yaml


@dataclass(frozen=True)
class Equivalent:
    """A mutant of a question that is right work; `where` is the entry's file and line."""

    question: str
    mutant: str
    reason: str
    where: str


@dataclass(frozen=True)
class Excuse:
    """Saboteurs of a question, by a glob over their names, that the question's docstrings explicitly allow."""

    question: str
    saboteur: str
    quote: str
    where: str

    def covers(self, name: str) -> bool:
        """Return whether a saboteur with this name is excused."""
        return fnmatch.fnmatchcase(name, self.saboteur)


def load_equivalents(course: Course) -> list[Equivalent]:
    """Return the entries of ``tests/bank/equivalent.yaml``; none if there is no such file.

    Raises CourseError for a malformed file.
    """
    return [Equivalent(*entry) for entry in _entries(course.bank / "equivalent.yaml", "mutant", "reason")]


def load_excuses(course: Course) -> list[Excuse]:
    """Return the entries of ``tests/bank/excused.yaml``; none if there is no such file.

    Raises CourseError for a malformed file.
    """
    return [Excuse(*entry) for entry in _entries(course.bank / "excused.yaml", "saboteur", "quote")]


def _entries(file: Path, name: str, words: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the question, the two texts and the place of each entry."""
    if not file.is_file():
        return
    expected = f"question ids, each with a list of {{{name}: its name as an audit shows it, {words}: …}}"

    def wrong(message: str, line: int | None) -> CourseError:
        return CourseError(message, where=f"{file}:{line or 1}", expected=expected)

    document = read_yaml(file.read_text(encoding="utf-8"))
    for problem in document.problems:
        raise wrong(problem.message, document.line(problem.location))
    if not isinstance(document.data, dict):
        raise wrong("is not a mapping from questions to lists", 1)
    for question, entries in document.data.items():
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            line = document.line((question, number))
            if not isinstance(entry, dict) or set(entry) != {name, words}:
                raise wrong(f"an entry lacks its {name} or its {words}, or has more than these", line)
            yield question, str(entry[name]), " ".join(str(entry[words]).split()), f"{file}:{line}"
