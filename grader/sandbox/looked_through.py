"""Examines a submission's files before any has run: which counts if several define a name, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from grader.checks.asking.channel import Aborted, StudentStopped
from grader.core.errors import GraderFault, StaffError
from grader.core.outcome import Outcome
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.intake.names import is_source
from grader.intake.stage import Staged
from grader.intake.which import asked_names, chosen_files, missing_names
from grader.results.result import CriterionResult
from grader.sandbox.sandbox import Jail
from grader.worker.reading.overview import Overview, ranked


def fewest_packages(rubric: Rubric) -> tuple[str, ...]:
    """Return the packages of the question that allows the fewest: reading needs none, and fewer start faster."""
    return min((question.packages for question in rubric.questions if question.module), key=len, default=())


class FilesLookedThrough:
    """Examines what is staged in a jail, for one assignment, in workers that run none of it."""

    def __init__(self, jail: Jail, course: Course, rubric: Rubric) -> None:
        self._jail = jail
        self._course = course
        self._rubric = rubric

    def ranked(self, staged: Staged) -> Staged:
        """Return a submission with its files in the order in which names are looked up, and a note on why."""
        if sum(map(is_source, staged.files)) < 2:
            return staged
        overview = self._overview(staged, in_short=True)
        files = ranked(staged.files, overview.defines)
        return replace(staged, files=files, notes=(*staged.notes, *chosen_files(self._rubric, files, overview)))

    def missing(self, staged: Staged, settled: Mapping[str, CriterionResult]) -> list[str]:
        """Return why names of a submission may not have been found, if a criterion found none."""
        lost = {name for name, result in settled.items() if result.outcome is Outcome.NOT_IMPLEMENTED}
        asked = [q for q in self._rubric.questions if q.module and any(c.id in lost for c in q.criteria)]
        if not asked or not any(map(is_source, staged.files)):
            return []
        return missing_names(self._overview(staged), [name for q in asked for name in q.names], self._others)

    def _overview(self, staged: Staged, *, in_short: bool = False) -> Overview:
        try:
            names, packages = asked_names(self._rubric), fewest_packages(self._rubric)
            return self._jail.overview(staged.files, names, packages, in_short=in_short)
        except Aborted as aborted:
            # Otherwise another file could count, and the machine would have decided the marks.
            raise GraderFault("the files could not be examined", found=aborted.message) from aborted
        except StudentStopped as stopped:
            return Overview((), (f"the files could not be examined: {stopped.message}",), {}, ())

    def _others(self) -> dict[str, Rubric]:
        others = {}
        for assignment in self._course.assignments():
            with suppress(StaffError):  # a wrong rubric is reported where it is used
                others[assignment] = self._course.rubric(assignment)
        others.pop(self._rubric.assignment, None)
        return others
