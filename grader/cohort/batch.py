"""An inbox, graded: every submission once, whatever the others do, and again only what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from grader.cohort.class_folder import ClassFolder, named
from grader.cohort.class_inbox import ClassInbox, Sources
from grader.cohort.earlier import Earlier
from grader.cohort.inbox_table import write_inbox
from grader.cohort.jobs import LocalPool
from grader.cohort.reports import Order, Pool, Report
from grader.core.errors import GradproofError
from grader.core.files import locked, make_lasting, remove_unfinished, remove_whole, write_whole
from grader.core.text import printable
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.course.rubric.selection import Only, selected
from grader.handmarking.attachments import remove_others, write_kept
from grader.handmarking.folder import write_written
from grader.handmarking.mark_list import MarkList
from grader.handmarking.model_answers import model_answers
from grader.intake.discover import demand_apart, in_one_line
from grader.intake.survey import HandIn
from grader.report.class_page import class_page
from grader.report.markdown import feedback_page
from grader.report.reading import reading_page
from grader.results.class_list import Row, remarks_of, with_twins, write_marks
from grader.results.marks import joined
from grader.results.result import Result
from grader.results.sharing import SharedParts
from grader.results.signing import signed
from grader.roster.attempts import attempts_file, write_attempts
from grader.roster.importing import add_to_roster
from grader.roster.people import idle_extensions

INTERRUPTED = "not graded yet: the run was interrupted"
NOT_THEIRS = "the grader failed, which is not the student's fault"
UNDECIDED = "could not be decided, which is not the student's fault"
Watch = Callable[[Row, bool], None]


@dataclass(frozen=True)
class Batch:
    """What to grade, where to, and how.

    Results go to ``out/results/NAME.json``, what students read to ``out/feedback/NAME.md``, pictures for whoever
    marks by hand to ``out/kept/NAME/CRITERION/``, the table of all to ``out/marks.csv``, what was hard for the
    class to ``out/class.md``, and what became of every file to ``out/inbox.csv``. What was handed in for a person
    is copied to ``out/written/NAME/``, can be read in ``out/written/index.html`` and is listed in
    ``out/to_mark.csv``, where what was entered by hand stays; from there it comes into tables and feedback, while
    results are what the checks found. Who handed in what and when stands in ``out/attempts.csv``. `later` are exports
    of later days than `inbox`, `list` and `times` tables about them (`Sources`), `rosters` tables of
    people, who are added to ``out/roster.csv``. `pool` grades. `fresh` grades again what an earlier
    run has graded already; `only` is a glob
    over ids of criteria or questions, or several: other criteria keep what an earlier run has found.
    """

    course: Course
    rubric: Rubric
    inbox: Path
    out: Path
    pool: Pool = field(default_factory=LocalPool)
    isolation: str = "auto"
    fresh: bool = False
    only: Only = None
    later: tuple[Path, ...] = ()
    list: Path | None = None
    times: Path | None = None
    rosters: tuple[Path, ...] = ()

    @property
    def sources(self) -> Sources:
        """Where hand-ins come from."""
        return Sources((self.inbox, *self.later), self.list, self.times)

    def grade(self, expect: Callable[[int], None], watch: Watch) -> Graded:
        """Grade all of the inbox; return a row for everything in it, in the inbox's order.

        `expect` is told how many rows there will be, `watch` each row as it is known, and whether it was
        kept from an earlier run. The tables are written at the end, and also where the run is interrupted;
        the next run goes on from there. Raises UsageError where there is no inbox, another run writes to `out`, or
        what lies there cannot be joined; StaffError and GraderFault for what keeps every submission from being graded.
        """
        wanted = frozenset(criterion.id for criterion in selected(self.rubric, self.only))
        for inbox in self.sources.inboxes:
            demand_apart(self.out, inbox)
        with locked(self.out):
            remove_unfinished(self.out, but=ClassFolder(self.out).exports)
            return _Class(self, wanted).graded(expect, watch)


@dataclass(frozen=True)
class Graded:
    """A graded class: its rows, what staff must mend in to_mark.csv, and which tables could not be written.

    `missing` are the ids of those on the roster who have handed in nothing, `unknown` the hand-ins that are of nobody
    on the roster; `notes` say what to look at in the roster, and in tables that people were
    taken from.
    """

    rows: list[Row]
    problems: list[str]
    unwritten: list[str]
    missing: Sequence[str] = ()
    unknown: Sequence[HandIn] = ()
    notes: Sequence[str] = ()

    @property
    def is_at_fault(self) -> bool:
        """Whether the grader, or a check, has failed somewhere, so that marks are missing which nobody has lost."""
        return bool(self.unwritten) or any(row.is_undecided for row in self.rows)


class _Class:
    """An inbox that is being graded, in a folder that nobody else writes to."""

    def __init__(self, batch: Batch, wanted: frozenset[str]) -> None:
        """Look through the inbox, and at what earlier runs have left. Raises UsageError for what cannot be joined."""
        self._batch, self._rubric = batch, batch.rubric
        self._folder = ClassFolder(batch.out)
        self._notes = add_to_roster(batch.out, batch.rosters, {}) if batch.rosters else []
        self._earlier = Earlier(batch.course, batch.rubric, self._folder, batch.isolation, wanted)
        self._inbox = ClassInbox.of(batch.sources, batch.course, self._rubric, self._folder)
        self._notes += idle_extensions(self._inbox.roster, batch.course.assignments())
        self._found = self._inbox.hand_ins
        self._files = named((hand_in.name for hand_in in self._found), self._folder)
        digests = {one.name: one.staged.digest if one.staged else "" for one in self._found}
        self._earlier.demand_the_same({self._files[name]: digest for name, digest in digests.items() if digest})
        self._list: MarkList | None = None
        if any(criterion.manual for criterion in self._rubric.criteria):
            # A list that cannot be read ends it before anything is graded.
            self._list = MarkList(self._rubric, self._folder.to_mark, digests)
        self._rows = {hand_in.name: self._row(hand_in, None, INTERRUPTED) for hand_in in self._found}
        self._problems: list[str] = []
        self._unwritten: list[str] = []

    def graded(self, expect: Callable[[int], None], watch: Watch) -> Graded:
        """Grade what is not graded yet, and write all tables."""
        expect(len(self._found))

        shared = SharedParts()

        def settle(row: Row, kept: bool = False) -> None:
            self._rows[row.name] = replace(row, result=row.result and shared.of(row.result))
            watch(self._marked(row), kept)

        to_grade: list[HandIn] = []
        try:
            to_grade += [hand_in for hand_in in self._found if not self._settled_before(hand_in, settle)]
            for only, those in self._by_what_is_asked(to_grade).items():
                # What was not the student's fault, or what the wall clock decided, may have come of its neighbours.
                again = self._round(those, settle, only)
                self._round(again, settle, only, last=True)
        finally:
            if to_grade:
                make_lasting()  # before tables speak of it
            rows = self._write_tables()
        inbox = self._inbox
        return Graded(
            rows, self._problems, self._unwritten, [one.id for one in inbox.missing()], inbox.unknown(), self._notes
        )

    def _write_tables(self) -> list[Row]:
        """Write all tables; return the rows with what was entered by hand until now."""
        out, rubric, rows = self._batch.out, self._rubric, list(self._rows.values())
        before = {name: self._marked(row).result for name, row in self._rows.items()}
        if (mark_list := self._list) is not None:
            self._write(self._folder.to_mark, lambda _: mark_list.write(rows))
            self._problems += mark_list.problems
            answers = {question: one.text for question, one in model_answers(self._batch.course, rubric).items()}
            self._write(
                self._folder.reading, lambda path: write_whole(path, reading_page(rubric, rows, path.parent, answers))
            )
        marked = {name: self._marked(row) for name, row in self._rows.items()}
        for row in (row for name, row in marked.items() if row.result != before[name]):
            self._write(self._folder.feedback(row.files), partial(_write_feedback, row=row))
        every = with_twins(list(marked.values()))
        self._write(out / "marks.csv", lambda path: write_marks(rubric, every, path))
        self._write(out / "class.md", lambda path: write_whole(path, class_page(rubric, every)))
        inbox = self._inbox
        self._write(
            out / "inbox.csv", lambda path: write_inbox(inbox.exports, inbox.hand_ins, marked, inbox.memory, path)
        )
        self._write(attempts_file(out), lambda _: write_attempts(out, inbox.attempts()))
        self._write(self._folder.memory, lambda _: inbox.memory.keep())
        return every

    def _write(self, path: Path, write: Callable[[Path], object]) -> None:
        """Write one table; what keeps it from being written must not keep the others."""
        try:
            write(path)
        except Exception as error:
            self._unwritten.append(f"{path.relative_to(self._batch.out)} could not be written: {_words(error)}")

    def _settled_before(self, hand_in: HandIn, settle: Watch) -> bool:
        """Settle what is no submission, and what an earlier run has graded; tell whether it was so."""
        files = self._files[hand_in.name]
        if hand_in.staged is None:
            settle(self._safely(hand_in, lambda: self._refused(hand_in, hand_in.problem, fault=hand_in.fault)), False)
            return True
        result = self._known(hand_in)
        if result is None or not self._earlier.is_enough(files, result):
            return False
        settle(self._safely(hand_in, lambda: self._kept(hand_in, result)), True)
        return True

    def _known(self, hand_in: HandIn) -> Result | None:
        """Return what an earlier run has found of a hand-in that still holds."""
        if self._batch.fresh or hand_in.staged is None:
            return None
        return self._earlier.result(self._files[hand_in.name], hand_in.staged.digest)

    def _by_what_is_asked(self, hand_ins: Sequence[HandIn]) -> dict[tuple[str, ...] | None, list[HandIn]]:
        """Return hand-ins by the globs over criteria that are to be graded of them: None for all that is wanted."""
        asked = defaultdict[tuple[str, ...] | None, list[HandIn]](list)
        for one in hand_ins:
            known = self._known(one) if self._batch.only is None else None
            absent = () if known is None else self._earlier.absent(self._files[one.name], known)
            asked[tuple(absent) or None].append(one)
        return asked

    def _round(
        self, hand_ins: Sequence[HandIn], settle: Watch, only: tuple[str, ...] | None, *, last: bool = False
    ) -> list[HandIn]:
        """Grade some submissions, in the `last` round apart; return those to be tried once more in another."""
        by_path = {hand_in.path: hand_in for hand_in in hand_ins}
        batch = self._batch
        order = Order(batch.course.root, self._rubric.assignment, batch.isolation, only or batch.only)
        again = []
        with closing(batch.pool.reports(order, list(by_path), apart=last)) as reports:
            for report in reports:
                hand_in = by_path[report.path]
                whole = _of_what_was_surveyed(hand_in, report)
                if (report.again or whole is not report) and not last:
                    again.append(hand_in)
                else:
                    settle(self._safely(hand_in, partial(self._settled, hand_in, whole)), False)
        return again

    def _safely(self, hand_in: HandIn, settled: Callable[[], Row]) -> Row:
        """Return the row of a hand-in; where something of it cannot be written, one that says so."""
        try:
            return settled()
        except (GradproofError, OSError) as error:
            remark = f"{NOT_THEIRS}: {_words(error)}"
            return replace(self._row(hand_in, None, remark), fault=True)

    def _settled(self, hand_in: HandIn, report: Report) -> Row:
        """Return the row of a report, its result written."""
        if report.result is not None:
            return self._written(hand_in, report, report.result)
        return self._failed(hand_in, report.fault) if report.fault else self._refused(hand_in, report.refused)

    def _refused(self, hand_in: HandIn, problem: str, *, fault: bool = False) -> Row:
        """Return the row of what has no result, and leave none of an earlier one."""
        self._folder.forget(self._files[hand_in.name])
        return replace(self._row(hand_in, None, problem), fault=fault)

    def _written(self, hand_in: HandIn, report: Report, result: Result) -> Row:
        """Write what came of a submission, the result last: without it, or with an empty one, it is graded again."""
        folder, files = self._folder, self._files[hand_in.name]
        older = self._earlier.result(files, result.provenance.submission_sha256)
        whole = result if older is None else joined(self._rubric, older, result)
        write_written(folder.written(files), whole, report.written)
        remove_others(folder.kept(files), whole)
        write_kept(folder.kept(files), report.kept)
        if report.undecided:
            write_whole(folder.log(files), "\n\n".join(one.whole for one in report.undecided) + "\n")
        elif not whole.is_broken:
            remove_whole(folder.log(files))
        write_whole(folder.result(files), signed(whole, self._batch.course.secret).to_json(), lasting=False)
        return self._graded(hand_in, whole, [f"{one.criterion}: {one.reason}" for one in report.undecided])

    def _kept(self, hand_in: HandIn, result: Result) -> Row:
        """Return the row of what an earlier run has found, written anew where it was carried over."""
        files = self._files[hand_in.name]
        if not self._earlier.is_written(files, result):
            write_whole(self._folder.result(files), result.to_json(), lasting=False)
        return self._graded(hand_in, result)

    def _failed(self, hand_in: HandIn, fault: str) -> Row:
        """Return the row of what the grader failed on, with what an earlier run has found of the same work."""
        files = self._files[hand_in.name]
        older = self._earlier.result(files, hand_in.staged.digest if hand_in.staged else "")
        if older is None:
            self._folder.forget(files)
        log = self._folder.log(files)
        write_whole(log, fault)
        row = self._row(hand_in, None, "") if older is None else self._kept(hand_in, older)
        remark = f"{NOT_THEIRS}: see results/{log.name}"
        return replace(row, fault=True, remark="; ".join(filter(None, [remark, row.remark])))

    def _graded(self, hand_in: HandIn, result: Result, reasons: Sequence[str] = ()) -> Row:
        """Return the row of a result, its feedback written; `reasons` say why criteria of it are broken."""
        log = self._folder.log(self._files[hand_in.name])
        broken = [*reasons, f"see results/{log.name}"] if result.is_broken else []
        said = [f"{UNDECIDED}: {'; '.join(broken)}"] if broken else []
        row = self._row(hand_in, result, "; ".join([*said, *result.notes, *hand_in.remarks, *remarks_of(result)]))
        _write_feedback(self._folder.feedback(row.files), self._marked(row))
        return row

    def _row(self, hand_in: HandIn, result: Result | None, remark: str) -> Row:
        return Row(hand_in.name, result, remark, student=hand_in.student, file=self._files[hand_in.name])

    def _marked(self, row: Row) -> Row:
        return self._list.entries.added(row) if self._list is not None else row


def _of_what_was_surveyed(hand_in: HandIn, report: Report) -> Report:
    """Return the report, or that of a fault where it is of other files than those that the inbox was found to hold."""
    surveyed = hand_in.staged.digest if hand_in.staged else ""
    if report.result is None or report.result.provenance.submission_sha256 == surveyed:
        return report
    return Report(report.path, fault="what was graded is not what the inbox held a moment before: grade again")


def _words(error: Exception) -> str:
    return printable(in_one_line(error) if isinstance(error, GradproofError) else f"{type(error).__name__}: {error}")


def _write_feedback(path: Path, row: Row) -> None:
    """Write what the student reads, unless it is there already: a class that has not changed is soon done."""
    assert row.result is not None
    page = feedback_page(row.result)
    with suppress(OSError):
        if path.read_bytes() == page.encode():
            return
    write_whole(path, page, lasting=False)  # the next run finds an empty one to be another
