"""An assignment's checks, proved question by question."""

from __future__ import annotations

import fnmatch
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.audit.grading import Order, grade_works
from grader.audit.judging import prove
from grader.audit.listed import Equivalent, Excuse, load_equivalents, load_excuses
from grader.audit.works import Most, works_for
from grader.bank import demand_question, known_questions, load_bank
from grader.course import Course
from grader.errors import UsageError
from grader.proof import Proof
from grader.rubric.model import Question, Rubric
from grader.suites import check_places


@dataclass(frozen=True)
class Audit:
    """What to audit, and how.

    `questions` are globs, `seeds` how many seeds right work is graded at.
    """

    course: Course
    assignment: str
    questions: Sequence[str] = ("*",)
    jobs: int = 1
    seeds: int = 3
    most: Most = field(default_factory=Most)
    isolation: str = "auto"

    def proofs(self) -> list[Proof]:
        """Return a proof for each question that has checks.

        Raises StaffError for a rubric, suite or bank that cannot be used, and for a glob that finds nothing.
        """
        rubric = self.course.rubric(self.assignment)
        chosen = self._chosen(rubric)
        bank, listed = load_bank(self.course, rubric), load_equivalents(self.course)
        excuses = load_excuses(self.course)
        self._demand_known_questions([*listed, *excuses])
        works = [
            work
            for question in chosen
            for work in works_for(self.course, question, bank, listed, excuses, self.seeds, self.most)
        ]
        seconds = math.inf if self.most.seconds is None else self.most.seconds / self.jobs
        order = Order(self.course.root, self.assignment, self.isolation, seconds)
        graded = grade_works(order, works, self.jobs)
        checks = Counter(place.criterion for place in check_places(self.course.suite_files(rubric)))
        return [
            prove(
                question,
                sum(checks[criterion.id] for criterion in question.criteria),
                [one for one in graded if one.work.question == question.id],
                [entry for entry in listed if entry.question == question.id],
                [entry for entry in excuses if entry.question == question.id],
                self._said(question),
            )
            for question in chosen
        ]

    def _demand_known_questions(self, listed: Sequence[Equivalent | Excuse]) -> None:
        known = known_questions(self.course)
        for folder in sorted(self.course.bank.glob("*/[!_.]*/")):
            demand_question(known, folder.name, folder)
        for question, where in {entry.question: entry.where for entry in listed}.items():
            demand_question(known, question, where)

    def _said(self, question: Question) -> str:
        """Return the text of the stub, which its docstrings are part of."""
        file = self.course.student / f"{question.module}.py"
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    def _chosen(self, rubric: Rubric) -> list[Question]:
        auditable = [question for question in rubric.questions if question.module or question.sheet]
        chosen = set[str]()
        for glob in self.questions:
            named = {question.id for question in auditable if fnmatch.fnmatchcase(question.id, glob)}
            if not named:
                raise UsageError(
                    f"no question of {rubric.assignment} with checks is called {glob!r}",
                    expected=f"one of {', '.join(question.id for question in auditable)}, or a glob such as '*.sgd'",
                )
            chosen |= named
        return [question for question in auditable if question.id in chosen]
