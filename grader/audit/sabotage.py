"""A solution with a saboteur wrapped around one of its functions: does any check notice?

Saboteurs are wrapped around staff's own code, which runs in this process as it does when mistakes are named: that takes
a tenth of the time of a worker, and shows whether a saboteur has done anything at all.
"""

from __future__ import annotations

import ast
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.audit.saboteurs import KINDS, SABOTEURS, put_over
from grader.checks.asking.changes import Changes
from grader.core.outcome import Outcome
from grader.course.folder import Course
from grader.course.rubric.model import Question
from grader.grading.session import Grader
from grader.pytest_side.known import Known
from grader.pytest_side.replay import aside

SPECIAL = frozenset({"__init__", "__call__", "__len__", "__iter__", "__getitem__"})


@dataclass(frozen=True)
class Sabotage:
    """A saboteur around a function, or around a method as ``Class.method``, of a question's solution."""

    target: str
    saboteur: str

    @property
    def name(self) -> str:
        """Its name in an audit, e.g. ``vjp_x: reverses an array that it was given``."""
        return f"{self.target}: {self.saboteur}"

    @property
    def kind(self) -> str:
        """The kind of its mistake, e.g. ``arguments``."""
        return next(kind for kind, saboteurs in KINDS.items() if self.saboteur in saboteurs)


@dataclass(frozen=True)
class SabotageEnding:
    """The result of a sabotage: whether it ever did anything, and the criterion that noticed first, if any."""

    fired: bool
    criterion: str = ""
    kind: str = ""


def sabotages(course: Course, question: Question, most: int | None = None) -> list[Sabotage]:
    """Return all saboteurs around everything that a question names, or `most` of them, drawn by the question's id."""
    if question.sheet or not question.module:
        return []
    tree = ast.parse(course.solution(question).read_text(encoding="utf-8"))
    found = [Sabotage(target, name) for target in _targets(tree, question.names) for name in SABOTEURS]
    if most is None or len(found) <= most:
        return found
    return random.Random(question.id).sample(found, most)


def _targets(tree: ast.Module, names: tuple[str, ...]) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in names:
            yield node.name
        elif isinstance(node, ast.ClassDef) and node.name in names:
            methods = (part.name for part in node.body if isinstance(part, ast.FunctionDef) and not part.decorator_list)
            yield from (f"{node.name}.{name}" for name in methods if name[0] != "_" or name in SPECIAL)


class Saboteurs:
    """Runs the checks of questions on sabotaged solutions, without those that need a jail to pass.

    After `seconds` of CPU time for a question no further one is begun.
    """

    def __init__(self, course: Course, grader: Grader, seconds: float = math.inf) -> None:
        self._course = course
        self._grader = grader
        self._passing: dict[str, frozenset[str]] = {}
        self._left = defaultdict[str, float](lambda: seconds)

    def ending(self, question: Question, sabotage: Sabotage) -> SabotageEnding | None:
        """Return the result of a sabotage, None if there is no time left; no check runs after one that notices."""
        if self._left[question.id] <= 0:
            return None
        start = time.process_time()
        ending = self._ending(question, sabotage)
        self._left[question.id] -= time.process_time() - start
        return ending

    def _ending(self, question: Question, sabotage: Sabotage) -> SabotageEnding:
        if question.id not in self._passing:
            self._passing[question.id] = frozenset(self._passed_by_the_reference(question))
        passing = self._passing[question.id]
        fired, changes = False, Changes(question.may_change)
        for criterion, checks in self._grader.narrowed(question.id, brief=True).checks():
            sabotaged = _Sabotaged.of(self._course, question)  # again, because each criterion has a worker of its own
            sabotaged.sabotage = sabotage
            for check in (check for check in checks if check.id in passing):
                with aside():
                    result = self._grader.suite.run(check, sabotaged, changes=changes, smallest=False)
                if result.outcome is not Outcome.PASSED:
                    return SabotageEnding(True, criterion.id, result.feedback.kind)
            fired |= sabotaged.fired
        return SabotageEnding(fired)

    def _passed_by_the_reference(self, question: Question) -> Iterator[str]:
        for _, checks in self._grader.narrowed(question.id, brief=True).checks():
            known, changes = Known.of(self._course, question), Changes(question.may_change)
            for check in checks:
                with aside():
                    result = self._grader.suite.run(check, known, changes=changes, smallest=False)
                if result.outcome is Outcome.PASSED:
                    yield check.id


class _Sabotaged(Known):
    """The reference with a saboteur around one of its functions; `fired` once that has done something."""

    sabotage: Sabotage
    fired = False

    def _fire(self) -> None:
        self.fired = True

    def _lay_over(self, namespace: dict[str, object]) -> None:
        name, _, method = self.sabotage.target.partition(".")
        target: Any = namespace[name]
        if method:
            setattr(target, method, put_over(self.sabotage.saboteur, getattr(target, method), self._fire))
        else:
            namespace[name] = put_over(self.sabotage.saboteur, target, self._fire)
