"""An assignment's checks, proved question by question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.audit.grading import AuditOrder, grade_works
from grader.audit.judging import prove
from grader.audit.listed import Equivalent, Excuse, load_equivalents, load_excuses
from grader.audit.works import Most, works_for
from grader.core.globs import chosen
from grader.course.bank import demand_question, known_questions, load_bank
from grader.course.folder import Course
from grader.course.rubric.model import Question, Rubric
from grader.course.suites import check_places
from grader.results.audit_model import Proof


@dataclass(frozen=True)
class Audit:
    """What to audit, and how.

    `questions` are globs, `seeds` is the number of seeds with which right work is graded.
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

        Raises StaffError for a rubric, suite or bank that cannot be used, and for a glob that matches nothing.
        """
        rubric = self.course.rubric(self.assignment)
        questions = self._chosen(rubric)
        bank, listed = load_bank(self.course, rubric), load_equivalents(self.course)
        excuses = load_excuses(self.course)
        self._demand_known_questions([*listed, *excuses])
        works = [
            work
            for question in questions
            for work in works_for(self.course, question, bank, listed, excuses, self.seeds, self.most)
        ]
        seconds = math.inf if self.most.seconds is None else self.most.seconds / self.jobs
        order = AuditOrder(self.course.root, self.assignment, self.isolation, seconds)
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
            for question in questions
        ]

    def _demand_known_questions(self, listed: Sequence[Equivalent | Excuse]) -> None:
        known = known_questions(self.course)
        for folder in sorted(self.course.bank.glob("*/[!_.]*/")):
            demand_question(known, folder.name, folder)
        for question, where in {entry.question: entry.where for entry in listed}.items():
            demand_question(known, question, where)

    def _said(self, question: Question) -> str:
        """Return the text of the stub, which includes its docstrings."""
        file = self.course.student / f"{question.module}.py"
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    def _chosen(self, rubric: Rubric) -> list[Question]:
        auditable = {question.id: question for question in rubric.questions if question.module or question.sheet}
        kind = f"question of {rubric.assignment} with checks"
        return [auditable[name] for name in chosen(self.questions, {name: [name] for name in auditable}, kind)]
