"""A digest of what each criterion is graded with: it changes if a part of a course that can affect its outcome changes.

A criterion is affected by the statements that its checks depend on, wherever they are in a suite; by the rubric's
entries for it and its question; by the question's module of the reference with everything that it imports there; by the
question's known mistakes; and by packages that the course provides. Comments, layout and other checks do not affect it.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.course.folder import Course
from grader.course.rubric.model import Criterion, Question, Rubric
from grader.worker.reading.slicing import Step, needed, steps
from grader.worker.reading.sources import read

# Stands for a criterion whose id is only computed when the suite is imported: it may be any.
_ANY = "*"
_QUESTION = {
    "id": True, "module": True, "names": True, "packages": True, "forbidden": True, "may_change": True,
    "provided": True, "limits": True, "sheet": True, "handed_in": True,
}  # fmt: skip
_CRITERION = {"id", "marks", "bonus", "requires", "partial", "manual"}


def fingerprints(course: Course, rubric: Rubric) -> dict[str, str]:
    """Return the digest of what each criterion of an assignment is graded with.

    Raises CourseError for a suite or package that does not exist.
    """
    suites = [_Suite(path) for path, _ in course.suite_files(rubric)]
    whole = _digest([course.secret, rubric.quantum, rubric.limits, rubric.handed_in])
    return {
        criterion.id: _digest([whole, *_of_question(course, question), *_of_criterion(criterion, suites)])
        for question in rubric.questions
        for criterion in question.criteria
    }


def _of_criterion(criterion: Criterion, suites: Iterable[_Suite]) -> Iterator[object]:
    yield criterion.model_dump_json(include=_CRITERION)
    found = [suite.about(criterion.id) for suite in suites]
    if criterion.manual or any(found):
        yield found
    else:  # the marker of its checks cannot be found in the text of a suite
        yield [suite.all_of_it for suite in suites]


def _of_question(course: Course, question: Question) -> Iterator[object]:
    yield question.model_dump_json(include=_QUESTION)
    if question.module or question.sheet:
        yield [_content(course, path) for path in _closure(course, course.solution(question))]
    known = course.bank / "misconceptions" / question.id
    yield [_content(course, path) for path in sorted(known.rglob("*.py"))]
    for name in question.provided:
        files = sorted((course.provided / name).rglob("*"))
        yield [_content(course, path) for path in files if path.is_file() and "__pycache__" not in path.parts]


def _closure(course: Course, start: Path) -> list[Path]:
    """Return a module of the reference and the neighbouring ones that it imports, directly or indirectly."""
    pending, found = [start], set[Path]()
    while pending:
        path = pending.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        tree = ast.parse(path.read_bytes())
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        pending += [course.reference / f"{name.replace('.', '/')}.py" for name in names]
    return sorted(found)


class _Suite:
    """A suite's statements, by the criteria of the checks that depend on them."""

    def __init__(self, path: Path) -> None:
        self._steps = steps(read(path, path.name))
        self.all_of_it = [ast.dump(step.statement) for step in self._steps]
        self._checks: dict[str, set[str]] = {}
        for step in self._steps:
            for criterion in _criteria(step.statement):
                self._checks.setdefault(criterion, set()).update(step.binds)

    def about(self, criterion: str) -> list[str]:
        """Return the statements that the checks of a criterion depend on; none if it has no checks here."""
        names = self._checks.get(criterion, set()) | self._checks.get(_ANY, set())
        if not names:
            return []
        wanted = {id(step.statement) for step in needed(self._steps, names)}
        kept = [step for step in self._steps if id(step.statement) in wanted or _acts(step)]
        return [ast.dump(step.statement) for step in kept]


def _criteria(statement: ast.stmt) -> Iterator[str]:
    """Yield the ids in all markers ``criterion(…)`` within a statement that defines something."""
    if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "criterion":
            given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "id")]
            yield next((str(one.value) for one in given if isinstance(one, ast.Constant)), _ANY)


def _acts(step: Step) -> bool:
    """Return whether a statement has an effect besides what it defines or changes: it may affect every check."""
    text = isinstance(step.statement, ast.Expr) and isinstance(step.statement.value, ast.Constant)
    return not step.binds and not step.changes and not text


def _content(course: Course, path: Path) -> tuple[str, str]:
    return path.relative_to(course.root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(parts: Iterable[object]) -> str:
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()
