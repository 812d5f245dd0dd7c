"""`grader batch`: grades an inbox."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.bookkeeping import BookKeeper
from grader.cli.edge import show, some, staff_extra, tell, warn_if_unconfined
from grader.cli.options import (
    AssignmentOption,
    CourseOption,
    Isolation,
    IsolationOption,
    OnlyOption,
    RosterOption,
    SchedulerOption,
    WaitOption,
)
from grader.cohort.batch import Batch, Graded
from grader.cohort.class_folder import ClassFolder
from grader.cohort.jobs import LocalPool
from grader.cohort.reports import Pool
from grader.core.errors import GraderFault, UsageError
from grader.core.text import counted
from grader.course.folder import Course
from grader.report.class_table import class_table, remarks
from grader.report.console import console
from grader.report.progress import Progress
from grader.roster.written import roster_file

INTERRUPTED = 130
# A class is many objects that stay: looking for garbage among them as often as Python does took a fifth of a round in
# which nothing is new.
_GARBAGE = (50_000, 20, 20)


def batch(
    inbox: Annotated[
        list[Path],
        typer.Argument(
            metavar="EXPORT...",
            help="A folder with a submission in each file or folder, or an archive downloaded from Moodle, Canvas "
            "or Gradescope. Give exports of several days with the oldest first.",
        ),
    ],
    assignment: AssignmentOption,
    out: Annotated[
        Path, typer.Option(metavar="DIR", file_okay=False, help="Where results/, feedback/ and the tables are written.")
    ],
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Submissions graded at the same time, here; 1 by default.")
    ] = None,
    scheduler: SchedulerOption = None,
    wait: WaitOption = 120,
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade again what was graded before.")] = False,
    only: OnlyOption = None,
    roster: RosterOption = None,
    files: Annotated[
        Path | None, typer.Option("--list", metavar="FILE", help="A table file,student[,time]: whose each file is.")
    ] = None,
    times: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A table submission,time or student,time: when they came.")
    ] = None,
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Grade a folder of submissions. When repeated, it grades only what is new or has changed."""
    gc.set_threshold(*_GARBAGE)
    warn_if_unconfined(isolation)
    here = Course.find(course, to_grade=inbox[0])
    work = Batch(
        here, here.rubric(assignment), inbox[0], out, isolation=isolation, fresh=fresh, only=only,
        later=tuple(inbox[1:]), list=files, times=times, rosters=tuple(roster or ()),
    )  # fmt: skip
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a request to end is treated as an interruption
    keeper = BookKeeper(work)
    keeper.before()
    try:
        with Progress() as progress, _pool(scheduler, jobs, wait, progress.note) as pool:
            graded = replace(work, pool=pool).grade(progress.expect, progress.done)
    except KeyboardInterrupt:
        keeper.after()
        tell(f"Interrupted. What is graded is in {out}; run the same command again to continue.")
        raise typer.Exit(INTERRUPTED) from None
    _report(work, graded, progress.summary())
    keeper.after()
    if graded.is_at_fault:
        raise typer.Exit(GraderFault.exit_code)
    if graded.problems:
        raise typer.Exit(UsageError.exit_code)


@contextmanager
def _pool(scheduler: str | None, jobs: int | None, wait: float, tell: Callable[[str], None]) -> Iterator[Pool]:
    """Give the processes that grade: here, or on the cluster of a scheduler."""
    if scheduler is None:
        yield LocalPool(jobs or 1)
        return
    if jobs is not None:
        raise UsageError(
            "--jobs is for this machine, and --scheduler for others",
            todo="leave out --jobs: each worker of dask's grades as many at a time as it has threads "
            "(`dask worker --nthreads N`)",
        )
    with staff_extra("cluster"):
        from grader.cluster.pool import opened_cluster
    with opened_cluster(scheduler, wait, tell) as pool:
        yield pool


def _report(work: Batch, graded: Graded, summary: str) -> None:
    out, folder = work.out, ClassFolder(work.out)
    show("", class_table(work.rubric, graded.rows, console().width), "", *remarks(work.rubric, graded.rows))
    show(
        summary,
        f"Results:  {folder.results}",
        f"Feedback: {out / 'feedback'}",
        *([f"Kept:     {out / 'kept'}: what code has drawn, for marking by hand"] if (out / "kept").is_dir() else []),
        f"Marks:    {out / 'marks.csv'}",
        f"Class:    {out / 'class.md'}: what was hard, and which mistakes are common",
        f"Inbox:    {out / 'inbox.csv'}",
        *([f"To mark:  {folder.to_mark}, to be read in {folder.reading}"] if folder.to_mark.exists() else []),
    )
    _report_people(graded, out)
    for problem in graded.problems:
        tell(problem, "red")
    for failure in graded.unwritten:
        tell(failure, "bold magenta")
    undecided = [row.name for row in graded.rows if row.is_undecided]
    if undecided:
        who = some(undecided)
        tell(f"Not everything could be decided of {who}, which costs no marks: the reasons are above.", "bold magenta")


def _report_people(graded: Graded, out: Path) -> None:
    show(*graded.notes)
    if graded.unknown and len(graded.unknown) == len(graded.rows):
        what = f"{roster_file(out)} knows nobody who has handed in"
        tell(f"WARNING: {what}: if it is another class's, delete it and import this one's.", "yellow")
    if graded.missing:
        show(f"Missing:  {len(graded.missing)} on the roster handed in nothing: {some(graded.missing)}")
    if graded.unknown:
        show(
            f"Unknown:  {counted(len(graded.unknown), 'hand-in')} of nobody on the roster: "
            f"{some([one.name for one in graded.unknown])}; `grader roster show {out}` says why"
        )
