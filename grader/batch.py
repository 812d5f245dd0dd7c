"""An inbox, graded: every submission once, whatever the others do, and again only what changed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from grader.class_list import Row, write_marks, write_whole
from grader.course import Course
from grader.errors import GradproofError, UsageError
from grader.jobs import Order, Report, grade_all
from grader.outcome import Outcome
from grader.result import Provenance, Result
from grader.rubric.model import Rubric
from grader.submission.discover import Entry, discover
from grader.submission.stage import stage

INTERRUPTED = "not graded yet: the run was interrupted"
STAFF_MUST_LOOK = "a check broke, which is not the student's fault: staff must decide (see `grader explain`)"


@dataclass(frozen=True)
class Batch:
    """What to grade, where to, and how.

    Results go to ``out/results/NAME.json``, the table of all to ``out/marks.csv``. `fresh` grades
    again what an earlier run has graded already.
    """

    course: Course
    rubric: Rubric
    inbox: Path
    out: Path
    jobs: int = 1
    isolation: str = "auto"
    fresh: bool = False

    def grade(self, expect: Callable[[int], None], watch: Callable[[Row], None]) -> list[Row]:
        """Grade all of the inbox; return a row for everything in it, in the inbox's order.

        `expect` is told how many rows there will be, `watch` each row as it is known. marks.csv is
        written at the end, and also where the run is interrupted; the next run goes on from there.
        Raises UsageError where there is no inbox, StaffError and GraderFault for what keeps every
        submission from being graded.
        """
        found = discover(self.inbox)
        self._keep_apart()
        expect(len(found))
        rows = {entry.name: Row(entry.name, None, INTERRUPTED) for entry in found}

        def settle(row: Row) -> None:
            rows[row.name] = row
            watch(row)

        try:
            open_entries = [entry for entry in found if not self._settled_before(entry, settle)]
            # What the wall clock ended may have suffered from its neighbours: it is tried again, alone.
            late = self._round(open_entries, settle, jobs=self.jobs, last=False)
            self._round(late, settle, jobs=1, last=True)
        finally:
            write_marks(self.rubric, rows.values(), self.out / "marks.csv")
        return list(rows.values())

    def result_file(self, name: str) -> Path:
        """Return where the result of the submission called `name` is kept."""
        return self.out / "results" / f"{name}.json"

    def _keep_apart(self) -> None:
        """Refuse to write results where the next run would take them for submissions."""
        if self.out.resolve().is_relative_to(self.inbox.resolve()):
            todo = "name a folder outside the inbox"
            raise UsageError("results cannot lie inside the inbox", where=self.out, found=str(self.inbox), todo=todo)

    def _settled_before(self, entry: Entry, settle: Callable[[Row], None]) -> bool:
        """Settle what is no submission, and what an earlier run has graded; tell whether it was so."""
        kept = None if self.fresh or entry.problem else self._kept(entry)
        if entry.problem or kept:
            settle(_graded(entry.name, kept) if kept else Row(entry.name, None, entry.problem or ""))
        return bool(entry.problem or kept)

    def _kept(self, entry: Entry) -> Result | None:
        """Return the earlier result of the very same work, graded by the very same means, if there is one."""
        try:
            result = Result.from_json(self.result_file(entry.name).read_text(encoding="utf-8"))
            with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
                digest = stage(entry.path, Path(folder)).digest
        except (OSError, ValueError, GradproofError):
            # No earlier result, or none that can be read, or nothing to stage: grading will tell.
            return None
        now = Provenance.of(
            rubric_sha256=self.course.rubric_sha256(self.rubric),
            suites_sha256=self.course.suites_sha256(self.rubric),
            submission_sha256=digest,
        )
        same_isolation = result.isolation == self.isolation or (
            self.isolation == "auto" and result.isolation != "process"
        )
        return result if result.provenance == now and same_isolation and not _broken(result) else None

    def _round(self, entries: list[Entry], settle: Callable[[Row], None], *, jobs: int, last: bool) -> list[Entry]:
        """Grade some submissions; return those that only the wall clock ended, unless this round is the last."""
        by_path = {entry.path: entry for entry in entries}
        order = Order(self.course.root, self.rubric.assignment, self.isolation)
        late = []
        with closing(grade_all(order, list(by_path), jobs)) as reports:
            for report in reports:
                if report.wall_clock_timeout and not last:
                    late.append(by_path[report.path])
                else:
                    settle(self._row(by_path[report.path].name, report))
        return late

    def _row(self, name: str, report: Report) -> Row:
        """Return the row of a report, its result written."""
        file = self.result_file(name)
        if report.result is not None:
            write_whole(file, report.result.to_json())
            return _graded(name, report.result)
        # An older result must not pass for one of what was handed in now.
        file.unlink(missing_ok=True)
        if not report.fault:
            return Row(name, None, report.refused)
        log = file.with_suffix(".log")
        write_whole(log, report.fault)
        remark = f"the grader failed, which is not the student's fault: see results/{log.name}"
        return Row(name, None, remark, fault=True)


def _graded(name: str, result: Result) -> Row:
    return Row(name, result, "; ".join([*([STAFF_MUST_LOOK] if _broken(result) else []), *result.notes]))


def _broken(result: Result) -> bool:
    return any(criterion.outcome is Outcome.BROKEN for question in result.questions for criterion in question.criteria)
