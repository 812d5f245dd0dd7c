"""Mutants that are no mistakes, as staff have written down, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.bank import bank_folder
from grader.course import Course
from grader.errors import CourseError
from grader.rubric.yaml_lines import Document, read_yaml

EXPECTED = "question ids, each with a list of {mutant: its name as an audit shows it, reason: why it is right}"


@dataclass(frozen=True)
class Equivalent:
    """A mutant of a question that is right work; `where` is the entry's file and line."""

    question: str
    mutant: str
    reason: str
    where: str


def load_equivalents(course: Course) -> list[Equivalent]:
    """Return what ``tests/bank/equivalent.yaml`` lists; nothing, where there is no such file.

    Raises CourseError for a file that does not say what it must.
    """
    file = bank_folder(course) / "equivalent.yaml"
    if not file.is_file():
        return []
    document = read_yaml(file.read_text(encoding="utf-8"))
    for problem in document.problems:
        raise _wrong(file, problem.message, document.line(problem.location))
    if not isinstance(document.data, dict):
        raise _wrong(file, "is no list of equivalent mutants", 1)
    return [
        _equivalent(file, document, question, number, entry)
        for question, entries in document.data.items()
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries])
    ]


def _equivalent(file: Path, document: Document, question: str, number: int, entry: object) -> Equivalent:
    line = document.line((question, number))
    if not isinstance(entry, dict) or set(entry) != {"mutant", "reason"}:
        raise _wrong(file, "an equivalent mutant lacks its name or its reason, or has more than these", line)
    return Equivalent(question, str(entry["mutant"]), " ".join(str(entry["reason"]).split()), f"{file}:{line}")


def _wrong(file: Path, message: str, line: int | None) -> CourseError:
    return CourseError(message, where=f"{file}:{line or 1}", expected=EXPECTED)
