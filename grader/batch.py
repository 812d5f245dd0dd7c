"""An inbox, graded: every submission once, whatever the others do, and again only what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from grader.answer_sheets import roll_reader
from grader.class_list import Row, write_marks
from grader.course import Course
from grader.errors import GraderFault
from grader.files import remove_whole, write_whole
from grader.inbox import write_inbox
from grader.jobs import Order, Report, grade_all
from grader.kept import all_there, write_kept
from grader.outcome import Outcome
from grader.render.class_page import class_page
from grader.render.markdown import feedback_page
from grader.render.reading import reading_page
from grader.result import Provenance, Result
from grader.rubric.model import Rubric
from grader.session import selected
from grader.submission.discover import demand_apart
from grader.submission.survey import HandIn, survey
from grader.written.entries import Entries
from grader.written.folder import all_copied, write_written
from grader.written.to_mark import Line, read_to_mark, write_to_mark

INTERRUPTED = "not graded yet: the run was interrupted"
STAFF_MUST_LOOK = "a check broke, which is not the student's fault: staff must decide (see `grader explain`)"


@dataclass(frozen=True)
class Batch:
    """What to grade, where to, and how.

    Results go to ``out/results/NAME.json``, what students read to ``out/feedback/NAME.md``, pictures for whoever
    marks by hand to ``out/kept/NAME/CRITERION/``, the table of all to ``out/marks.csv``, what was hard for the
    class to ``out/class.md``, and what became of every file to ``out/inbox.csv``. What was handed in for a person
    is copied to ``out/written/NAME/``, can be read in ``out/written/index.html`` and is listed in
    ``out/to_mark.csv``, where what was entered by hand stays; from there it comes into tables and feedback, while
    results are what the checks found. `fresh` grades again what an earlier run has graded already; `only` is a glob
    over ids of criteria or questions.
    """

    course: Course
    rubric: Rubric
    inbox: Path
    out: Path
    jobs: int = 1
    isolation: str = "auto"
    fresh: bool = False
    only: str | None = None

    def grade(self, expect: Callable[[int], None], watch: Callable[[Row, bool], None]) -> list[Row]:
        """Grade all of the inbox; return a row for everything in it, in the inbox's order.

        `expect` is told how many rows there will be, `watch` each row as it is known, and whether it was
        kept from an earlier run. The tables are written at the end, and also where the run is interrupted;
        the next run goes on from there. Raises UsageError where there is no inbox, StaffError and
        GraderFault for what keeps every submission from being graded.
        """
        selected(self.rubric, self.only)
        found = survey(
            self.inbox, self.rubric.submissions.name, self.rubric.work_files, roll_reader(self.course, self.rubric)
        )
        demand_apart(self.out, self.inbox)
        entered, entries = self._entered, self._entries  # a list that cannot be read ends it before anything is graded
        expect(len(found))
        rows = {hand_in.name: _row(hand_in, None, INTERRUPTED) for hand_in in found}

        def settle(row: Row, kept: bool = False) -> None:
            rows[row.name] = row
            watch(entries.added(row), kept)

        try:
            to_grade = [hand_in for hand_in in found if not self._settled_before(hand_in, settle)]
            # What was not the student's fault, or what the wall clock decided, may have come of its neighbours.
            again = self._round(to_grade, settle, jobs=self.jobs, last=False)
            self._round(again, settle, jobs=1, last=True)
        finally:
            marked = {name: entries.added(row) for name, row in rows.items()}
            self._write_tables(found, marked)
            self._write_for_marking(list(rows.values()), entered)
        return list(marked.values())

    def result_file(self, name: str) -> Path:
        """Return where the result of the submission called `name` is kept."""
        return self.out / "results" / f"{name}.json"

    @property
    def to_mark_file(self) -> Path:
        """Where what a person is to mark is listed, if the assignment has such criteria."""
        return self.out / "to_mark.csv"

    @property
    def reading_file(self) -> Path:
        """Where what a person is to mark can be read."""
        return self.out / "written" / "index.html"

    @cached_property
    def _has_manual(self) -> bool:
        return any(criterion.manual for criterion in self.rubric.criteria)

    @cached_property
    def _entered(self) -> list[Line]:
        return read_to_mark(self.to_mark_file) if self._has_manual else []

    @cached_property
    def _entries(self) -> Entries:
        return Entries(self.rubric, self._entered, self.to_mark_file)

    def _write_tables(self, found: Sequence[HandIn], rows: dict[str, Row]) -> None:
        write_marks(self.rubric, rows.values(), self.out / "marks.csv")
        write_whole(self.out / "class.md", class_page(self.rubric, list(rows.values())))
        write_inbox(self.inbox, found, rows, self.out / "inbox.csv")

    def _write_for_marking(self, rows: Sequence[Row], entered: Sequence[Line]) -> None:
        if self._has_manual:
            write_to_mark(self.rubric, rows, entered, self.to_mark_file)
            write_whole(self.reading_file, reading_page(self.rubric, rows, self.reading_file.parent))

    def _settled_before(self, hand_in: HandIn, settle: Callable[[Row, bool], None]) -> bool:
        """Settle what is no submission, and what an earlier run has graded; tell whether it was so."""
        if hand_in.staged is None:
            self._forget(hand_in.name)
            settle(replace(_row(hand_in, None, hand_in.problem), fault=hand_in.fault), False)
            return True
        kept = None if self.fresh else self._kept(hand_in.name, hand_in.staged.digest)
        if kept is None:
            return False
        row = _graded(hand_in, kept)
        self._write_feedback(row)
        settle(row, True)
        return True

    @cached_property
    def _sources(self) -> tuple[str, str]:
        return self.course.rubric_sha256(self.rubric), self.course.suites_sha256(self.rubric)

    def _kept(self, name: str, digest: str) -> Result | None:
        """Return the earlier result of the very same work, graded by the very same means, if there is one."""
        try:
            result = Result.from_json(self.result_file(name).read_text(encoding="utf-8"))
        except (OSError, ValueError, GraderFault):
            return None  # none, or none that can be read
        rubric_sha256, suites_sha256 = self._sources
        now = Provenance.of(rubric_sha256=rubric_sha256, suites_sha256=suites_sha256, submission_sha256=digest)
        same_isolation = result.isolation == self.isolation or (
            self.isolation == "auto" and result.isolation != "process"
        )
        same_criteria = [c.id for q in result.questions for c in q.criteria] == [
            criterion.id for criterion in selected(self.rubric, self.only)
        ]
        same = result.provenance == now and same_isolation and same_criteria
        there = all_there(self._kept_folder(name), result) and all_copied(self._written_folder(name), result)
        return result if same and not _broken(result) and there else None

    def _round(
        self, hand_ins: Sequence[HandIn], settle: Callable[[Row, bool], None], *, jobs: int, last: bool
    ) -> list[HandIn]:
        """Grade some submissions; return those to be tried once more, unless this round is the last."""
        by_path = {hand_in.path: hand_in for hand_in in hand_ins}
        order = Order(self.course.root, self.rubric.assignment, self.isolation, self.only)
        again = []
        with closing(grade_all(order, list(by_path), jobs)) as reports:
            for report in reports:
                hand_in = by_path[report.path]
                whole = _of_what_was_surveyed(hand_in, report)
                if (report.again or whole is not report) and not last:
                    again.append(hand_in)
                else:
                    settle(self._settled(hand_in, whole), False)
        return again

    def _settled(self, hand_in: HandIn, report: Report) -> Row:
        """Return the row of a report, its result written."""
        file = self.result_file(hand_in.name)
        if report.result is not None:
            write_written(self._written_folder(hand_in.name), report.result, report.written)
            remove_whole(self._kept_folder(hand_in.name))
            write_kept(self._kept_folder(hand_in.name), report.kept)
            write_whole(file, report.result.to_json())
            row = _graded(hand_in, report.result)
            self._write_feedback(row)
            return row
        self._forget(hand_in.name)
        if not report.fault:
            return _row(hand_in, None, report.refused)
        log = file.with_suffix(".log")
        write_whole(log, report.fault)
        remark = f"the grader failed, which is not the student's fault: see results/{log.name}"
        return replace(_row(hand_in, None, remark), fault=True)

    def _write_feedback(self, row: Row) -> None:
        marked = self._entries.added(row).result
        if marked is not None:
            write_whole(self._feedback_file(row.name), feedback_page(marked))

    def _forget(self, name: str) -> None:
        """Take away an older result: it must not pass for one of what was handed in now."""
        for left in (
            self.result_file(name),
            self._feedback_file(name),
            self._written_folder(name),
            self._kept_folder(name),
        ):
            remove_whole(left)

    def _kept_folder(self, name: str) -> Path:
        return self.out / "kept" / name

    def _written_folder(self, name: str) -> Path:
        return self.out / "written" / name

    def _feedback_file(self, name: str) -> Path:
        return self.out / "feedback" / f"{name}.md"


def _of_what_was_surveyed(hand_in: HandIn, report: Report) -> Report:
    """Return the report, or that of a fault where it is of other files than those that the inbox was found to hold."""
    surveyed = hand_in.staged.digest if hand_in.staged else ""
    if report.result is None or report.result.provenance.submission_sha256 == surveyed:
        return report
    return Report(report.path, fault="what was graded is not what the inbox held a moment before: grade again")


def _graded(hand_in: HandIn, result: Result) -> Row:
    remarks = [*([STAFF_MUST_LOOK] if _broken(result) else []), *result.notes, *hand_in.remarks]
    return _row(hand_in, result, "; ".join(remarks))


def _row(hand_in: HandIn, result: Result | None, remark: str) -> Row:
    return Row(hand_in.name, result, remark, student=hand_in.student)


def _broken(result: Result) -> bool:
    return any(criterion.outcome is Outcome.BROKEN for question in result.questions for criterion in question.criteria)
