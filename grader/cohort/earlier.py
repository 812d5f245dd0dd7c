"""What earlier runs have graded into the same folder: what of it still holds, and what must not be mixed with it.

After a change of the course a run of all criteria carries over what the change does not touch (`Carrier`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.cohort.carrying import Carrier
from grader.cohort.class_folder import ClassFolder
from grader.cohort.class_run import remembered_run, sources_of
from grader.core.errors import UsageError
from grader.core.outcome import Outcome
from grader.core.text import printable
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.handmarking.attachments import all_there
from grader.handmarking.folder import all_copied
from grader.results.result import Provenance, Result
from grader.results.signing import Standing, standing

_NAMED = 5


@dataclass(frozen=True)
class Earlier:
    """The results in a class's folder, for a run that grades the criteria `wanted`."""

    course: Course
    rubric: Rubric
    folder: ClassFolder
    isolation: str
    wanted: frozenset[str]

    @cached_property
    def _carrier(self) -> Carrier:
        run = remembered_run(self.folder.root)
        return Carrier(self.course, self.rubric, run.graded_by if run else {})

    @cached_property
    def _there(self) -> Mapping[str, Result]:
        """The results of earlier runs, by the names of their files: this run reads each once."""
        return self.folder.read_results()

    @cached_property
    def _carried(self) -> dict[str, Result | None]:
        """What results of another state of the course say of this one, as far as this run has asked."""
        return {}

    @property
    def _is_a_part(self) -> bool:
        return any(criterion.id not in self.wanted for criterion in self.rubric.criteria)

    def demand_the_same(self, digests: Mapping[str, str]) -> None:
        """Raise UsageError if this run would delete something that another has graded and this one does not.

        `digests` contains the SHA-256 of each submission's work by the name of its files.
        """
        others = {result.assignment for result in self._there.values()} - {self.rubric.assignment}
        if others:
            found = f"results of {', '.join(map(printable, sorted(others)))}"
            todo = "choose another folder with --out"
            what = "another assignment was graded into this folder"
            raise UsageError(what, where=self.folder.root, found=found, todo=todo)
        lost = [files for files, digest in digests.items() if self._would_lose(files, digest)]
        if lost:
            more = len(lost) - _NAMED
            raise UsageError(
                "a part cannot be graded into this folder: its other criteria are of other work, "
                "or were graded by other suites, packages, rubric or isolation",
                where=self.folder.root,
                found=", ".join(lost[:_NAMED]) + (f" and {more} more" if more > 0 else ""),
                todo="grade all again, without --only, or choose another folder with --out",
            )

    def result(self, files: str, digest: str) -> Result | None:
        """Return the earlier result of the very same work, graded by the very same means, if there is one.

        Where the course has changed since, it is without the criteria that the change touches.
        """
        result = self._there.get(files)
        if result is not None and not self._is_a_part and self._sources(result) != self._carrier.sources:
            if files not in self._carried:
                self._carried[files] = self._carrier.carried(result)
            result = self._carried[files]
        return result if result is not None and self._holds(result, digest) else None

    def is_written(self, files: str, result: Result) -> bool:
        """Tell whether an earlier result stands in the folder as it is, and was not carried over."""
        return self._there.get(files) is result

    def absent(self, files: str, result: Result) -> list[str]:
        """Return the ids of wanted criteria that a result does not have, sorted, where nothing else is to be graded.

        What is broken may have come of the whole submission.
        """
        if result.is_broken or not self._is_whole(files, result):
            return []
        return sorted(self.wanted - {criterion.id for criterion in result.criteria})

    def is_enough(self, files: str, result: Result) -> bool:
        """Return whether a valid result has everything that is wanted, decided and with all its files."""
        decided = {criterion.id for criterion in result.criteria if criterion.outcome is not Outcome.BROKEN}
        return self.wanted <= decided and self._is_whole(files, result)

    def _holds(self, result: Result, digest: str) -> bool:
        rubric_sha256, suites_sha256 = self._carrier.sources.split(" ")
        now = Provenance.of(rubric_sha256=rubric_sha256, suites_sha256=suites_sha256, submission_sha256=digest)
        same_isolation = result.isolation == self.isolation or (
            self.isolation == "auto" and result.isolation != "process"
        )
        secret = self.course.secret
        unchanged = not secret or standing(result.to_json(), secret) is Standing.SIGNED
        return result.provenance == now and same_isolation and unchanged

    def _is_whole(self, files: str, result: Result) -> bool:
        """Tell whether all that belongs to a result lies beside it."""
        return all_there(self.folder.kept(files), result) and all_copied(self.folder.written(files), result)

    @staticmethod
    def _sources(result: Result) -> str:
        return sources_of(result.provenance.rubric_sha256, result.provenance.suites_sha256)

    def _would_lose(self, files: str, digest: str) -> bool:
        """Return whether a result has criteria of other work, or graded otherwise, that are not graded now."""
        result = self._there.get(files) if self._is_a_part else None
        if result is None or all(criterion.id in self.wanted for criterion in result.criteria):
            return False
        return not self._holds(result, digest)
