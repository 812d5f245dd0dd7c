"""Which questions a change of the solution can affect, judged by the statements that their names depend on."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grader.course.folder import Course
from grader.course.rubric.model import Question, Rubric
from grader.worker.reading.slicing import needed, steps
from grader.worker.reading.sources import read


def questions_touched(course: Course, rubric: Rubric, folder: Path) -> set[str]:
    """Return the questions for which other statements run in `folder` than in the reference.

    For all others the program is the reference's, so that they need not be graded again.
    """
    questions = [question for question in rubric.questions if question.module]
    if not any((folder / f"{question.module}.py").is_file() for question in questions):
        return set()  # a sheet by itself
    changed = {q.module for q in questions if _text(folder, q) != _text(course.reference, q)}
    return {
        question.id
        for question in questions
        if (question.module in changed and _differs(course, folder, question))
        or changed & _solved(course.reference, question.module, question.names).imported
    }


@dataclass(frozen=True)
class _Slice:
    """A question's statements in a normal form, without repeated imports; and what they import."""

    statements: list[str]
    imported: set[str | None]


def _text(folder: Path, question: Question) -> str:
    return (folder / f"{question.module}.py").read_text(encoding="utf-8")


def _differs(course: Course, folder: Path, question: Question) -> bool:
    solved = _solved(course.reference, question.module, question.names)
    return _slice(folder, question.module, question.names).statements != solved.statements


def _slice(folder: Path, module: str | None, names: tuple[str, ...]) -> _Slice:
    file = folder / f"{module}.py"
    found, imported = list[str](), set[str | None]()
    for step in needed(steps(read(file, file.name)), set(names)):
        text, node = ast.dump(step.statement), step.statement
        if text not in found or not isinstance(node, ast.Import | ast.ImportFrom):
            found.append(text)
        if isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
    return _Slice(found, imported)


# For the reference, which does not change while an audit runs.
_solved = lru_cache(maxsize=None)(_slice)
