"""Results carried over after a change of the course: what it does not affect is kept, what it affects is removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.cohort.class_folder import ClassFolder
from grader.cohort.class_run import sources_of
from grader.core.files import write_whole
from grader.course.fingerprints import fingerprints
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.results.marks import total
from grader.results.result import CriterionResult, Provenance, Result
from grader.results.signing import Standing, signed, standing


@dataclass(frozen=True)
class Carrier:
    """Carries the results of a class folder over to the present state of a course.

    `graded_by` contains what criteria were graded with in earlier states of the course (`ClassRun.graded_by`).
    """

    course: Course
    rubric: Rubric
    graded_by: Mapping[str, Mapping[str, str]]

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """What each criterion is graded with now."""
        return fingerprints(self.course, self.rubric)

    @cached_property
    def sources(self) -> str:
        """The name of the course's present state."""
        return sources_of(self.course.rubric_sha256(self.rubric), self.course.suites_sha256(self.rubric))

    def carry(self, folder: ClassFolder) -> set[str]:
        """Rewrite the existing results; return the ids of the criteria that must be graded again.

        A result of another version of anything used in grading, or one that was changed since, cannot be carried over:
        it stays as it is, and all criteria must be graded again.
        """
        again = set[str]()
        for path in sorted(folder.results.glob("*.json")):
            result = folder.read_result(path.stem)
            if result is None:
                continue
            carried = self.carried(result)
            again |= self.touched(result) if carried is not None else {*self.fingerprints}
            if carried is not None and carried != result:
                write_whole(path, carried.to_json())
        return again

    def touched(self, result: Result) -> set[str]:
        """Return the criteria for which a result does not say what they would earn now."""
        provenance = result.provenance
        before = self.graded_by.get(sources_of(provenance.rubric_sha256, provenance.suites_sha256), {})
        known = {criterion.id for criterion in result.criteria}
        changed = {name for name, now in self.fingerprints.items() if before.get(name) != now or name not in known}
        for criterion in self.rubric.criteria_by_requirement():
            # If a requirement may end differently, a criterion that requires it may be skipped or not.
            if changed.intersection(criterion.requires):
                changed.add(criterion.id)
        return changed

    def carried(self, result: Result) -> Result | None:
        """Return what a result says of the course as it is now: without the criteria that are to be graded again.

        Returns None where nothing of it can be carried over.
        """
        rubric, suites = self.sources.split(" ")
        old = result.provenance
        now = Provenance.of(rubric_sha256=rubric, suites_sha256=suites, submission_sha256=old.submission_sha256)
        same = old.model_copy(update={"rubric_sha256": rubric, "suites_sha256": suites}) == now
        genuine = not self.course.secret or standing(result.to_json(), self.course.secret) is Standing.SIGNED
        if not same or not genuine:
            return None
        touched = self.touched(result)
        titles = {criterion.id: criterion.title for criterion in self.rubric.criteria}
        kept: dict[str, CriterionResult] = {
            criterion.id: criterion.model_copy(update={"title": titles[criterion.id]})
            for criterion in result.criteria
            if criterion.id in titles and criterion.id not in touched
        }
        if not kept:  # its notes are about what is graded again
            return None
        handed_in = {question.id: question.handed_in or () for question in result.questions} | {"": result.handed_in}
        carried = total(
            self.rubric, kept, submission=result.submission, notes=result.notes, isolation=result.isolation,
            provenance=now, handed_in=handed_in,
        )  # fmt: skip
        return signed(carried, self.course.secret)
