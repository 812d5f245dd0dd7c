"""`grader regrade`: grades a class again after a check or the rubric was corrected, and shows whose marks change."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.batch import INTERRUPTED
from grader.cli.bookkeeping import BookKeeper, tell_not_given
from grader.cli.edge import show, staff_extra, tell, warn_if_unconfined
from grader.cli.options import CourseOption, Isolation
from grader.cohort.batch import Batch
from grader.cohort.class_run import ClassRun, read_class_run
from grader.cohort.jobs import LocalPool
from grader.core.errors import GraderFault, UsageError
from grader.core.text import listed
from grader.course.folder import Course
from grader.report.progress import Progress

if TYPE_CHECKING:
    from grader.book.regrading import Change


def regrade(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", file_okay=False, help="The folder with the results of the class.")
    ],
    apply: Annotated[bool, typer.Option("--apply", help="Adopt the new marks; without it nothing changes.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Submissions graded at the same time.")] = 1,
    course: CourseOption = None,
) -> None:
    """Grade again what a corrected check or rubric affects, and show whose marks would change, from what to what."""
    with staff_extra("class"):
        from grader.book.marks import open_book
        from grader.book.regrading import Regrading
    run = _class_run(folder)
    warn_if_unconfined(Isolation(run.isolation))
    batch = _batch(folder, run, course, jobs)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a request to end is treated as an interruption
    book = open_book(folder)
    keeper = BookKeeper(batch)
    keeper.before()
    regrading = Regrading(batch, run)
    touched = regrading.prepare()
    show(f"Affected: {listed(sorted(touched)) or 'no criterion'}")
    try:
        with Progress() as progress:
            graded = regrading.grade(progress.expect, progress.done)
    except KeyboardInterrupt:
        tell("Interrupted. Nothing has changed.")
        raise typer.Exit(INTERRUPTED) from None
    if not apply:  # otherwise it is reported after that is done
        tell_not_given(book, folder)
    changes = regrading.changes(book)
    _show(changes)
    if graded.is_at_fault:
        tell("Not everything could be decided, which costs no marks; the new marks were not adopted.", "bold magenta")
        raise typer.Exit(GraderFault.exit_code)
    if not apply:
        show(f"Nothing has changed yet; `grader regrade {folder} --apply` adopts these marks.")
        return
    regrading.apply()
    with Progress() as progress:
        batch.grade(progress.expect, progress.done)
    keeper.after()
    published = sum(bool(change.published) for change in changes)
    show(
        f"Adopted. The published marks of {published} people stay until `grader publish {folder} … --changed`."
        if published
        else "Adopted."
    )


def _class_run(folder: Path) -> ClassRun:
    run = read_class_run(folder)
    if run is None:
        todo = "grade the class once more with `grader batch`, which records that"
        raise UsageError("there is no record of how this class was graded", where=folder, todo=todo)
    gone = [str(inbox) for inbox in run.inboxes if not inbox.exists()]
    if gone:
        todo = "put it back, or run `grader batch` with where it is now"
        raise UsageError("what was graded no longer exists", found=", ".join(gone), todo=todo)
    return run


def _batch(folder: Path, run: ClassRun, course: Path | None, jobs: int) -> Batch:
    here = Course.find(course or run.course, to_grade=None)
    return Batch(
        here, here.rubric(run.assignment), run.inboxes[0], folder, pool=LocalPool(jobs), isolation=run.isolation,
        later=run.inboxes[1:], list=run.list, times=run.times,
    )  # fmt: skip


def _show(changes: list[Change]) -> None:
    from grader.book.shown import change_table

    show("", change_table(changes), "") if changes else show("Nobody's marks change.")
