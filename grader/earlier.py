"""What earlier runs have graded into the same folder: what of it still holds, and what must not be mixed with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.class_folder import ClassFolder
from grader.course import Course
from grader.errors import UsageError
from grader.kept import all_there
from grader.outcome import Outcome
from grader.result import Provenance, Result
from grader.rubric.model import Rubric
from grader.signing import Standing, standing
from grader.text import printable
from grader.written.folder import all_copied

_NAMED = 5


@dataclass(frozen=True)
class Earlier:
    """The results in a class's folder, seen by a run that grades the criteria `wanted`."""

    course: Course
    rubric: Rubric
    folder: ClassFolder
    isolation: str
    wanted: frozenset[str]

    @cached_property
    def _sources(self) -> tuple[str, str]:
        return self.course.rubric_sha256(self.rubric), self.course.suites_sha256(self.rubric)

    @property
    def _is_a_part(self) -> bool:
        return any(criterion.id not in self.wanted for criterion in self.rubric.criteria)

    def demand_the_same(self, digests: Mapping[str, str]) -> None:
        """Raise UsageError where this run would take away what another has graded and this one does not.

        `digests` gives the SHA-256 of each submission's work by the name of its files.
        """
        others = self.folder.graded_assignments() - {self.rubric.assignment}
        if others:
            found = f"results of {', '.join(map(printable, sorted(others)))}"
            todo = "name another folder with --out"
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
                todo="grade all again, without --only, or name another folder with --out",
            )

    def result(self, files: str, digest: str) -> Result | None:
        """Return the earlier result of the very same work, graded by the very same means, if there is one."""
        result = self.folder.read_result(files)
        return result if result is not None and self._holds(result, digest) else None

    def is_enough(self, files: str, result: Result) -> bool:
        """Tell whether a result that holds has all that is wanted, decided, and with all that belongs to it."""
        decided = {criterion.id for criterion in result.criteria if criterion.outcome is not Outcome.BROKEN}
        there = all_there(self.folder.kept(files), result) and all_copied(self.folder.written(files), result)
        return self.wanted <= decided and there

    def _holds(self, result: Result, digest: str) -> bool:
        rubric_sha256, suites_sha256 = self._sources
        now = Provenance.of(rubric_sha256=rubric_sha256, suites_sha256=suites_sha256, submission_sha256=digest)
        same_isolation = result.isolation == self.isolation or (
            self.isolation == "auto" and result.isolation != "process"
        )
        secret = self.course.secret
        unchanged = not secret or standing(result.to_json(), secret) is Standing.SIGNED
        return result.provenance == now and same_isolation and unchanged

    def _would_lose(self, files: str, digest: str) -> bool:
        """Tell whether a submission's result has criteria that are not graded now, of other work or by other means."""
        result = self.folder.read_result(files) if self._is_a_part else None
        if result is None or all(criterion.id in self.wanted for criterion in result.criteria):
            return False
        return not self._holds(result, digest)
