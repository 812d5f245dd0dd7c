"""Which questions a change of the solution can concern, by the statements that their names depend on."""

from __future__ import annotations

import ast
from pathlib import Path

from grader.course import Course
from grader.rubric.model import Question, Rubric
from grader.worker.slicing import needed, steps
from grader.worker.sources import read


def questions_touched(course: Course, rubric: Rubric, folder: Path) -> set[str]:
    """Return the questions for which other statements run in `folder` than in the reference.

    For all others it is the reference's program that runs, so that they need not be graded again.
    """
    questions = [question for question in rubric.questions if question.module]
    if not any((folder / f"{question.module}.py").is_file() for question in questions):
        return set()  # a sheet by itself
    changed = {q.module for q in questions if _text(folder, q) != _text(course.reference, q)}
    return {
        question.id
        for question in questions
        if _statements(folder, question) != _statements(course.reference, question)
        or changed & _imported(course.reference, question)
    }


def _text(folder: Path, question: Question) -> str:
    return (folder / f"{question.module}.py").read_text(encoding="utf-8")


def _statements(folder: Path, question: Question) -> list[str]:
    """Return a question's statements in one writing; an import that stands again is left out."""
    found = list[str]()
    for statement in _slice(folder, question):
        text = ast.dump(statement)
        if text not in found or not isinstance(statement, ast.Import | ast.ImportFrom):
            found.append(text)
    return found


def _imported(folder: Path, question: Question) -> set[str | None]:
    names = set[str | None]()
    for node in _slice(folder, question):
        if isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
    return names


def _slice(folder: Path, question: Question) -> list[ast.stmt]:
    file = folder / f"{question.module}.py"
    return [step.statement for step in needed(steps(read(file, file.name)), set(question.names))]
