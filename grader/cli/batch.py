"""`grader batch`: an inbox, graded."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from grader.batch import Batch, Graded
from grader.class_folder import ClassFolder
from grader.cli.edge import show, tell, warn_if_unconfined
from grader.cli.options import AssignmentOption, CourseOption, Isolation, IsolationOption, OnlyOption
from grader.course import Course
from grader.errors import GraderFault, UsageError
from grader.render.class_table import class_table, remarks
from grader.render.console import console
from grader.render.progress import Progress

INTERRUPTED = 130
_NAMED = 5


def batch(
    inbox: Annotated[Path, typer.Argument(help="A folder with a submission in each file or folder.")],
    assignment: AssignmentOption,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results/, feedback/ and the tables are written.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Submissions graded at the same time.")] = 1,
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade again what has been graded before.")] = False,
    only: OnlyOption = None,
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Grade a folder of submissions. Started again, it grades only what is new or has changed."""
    warn_if_unconfined(isolation)
    here = Course.find(course, to_grade=inbox)
    work = Batch(here, here.rubric(assignment), inbox, out, jobs=jobs, isolation=isolation, fresh=fresh, only=only)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to be told to end is to be interrupted
    try:
        with Progress() as progress:
            graded = work.grade(progress.expect, progress.done)
    except KeyboardInterrupt:
        tell(f"Interrupted. What is graded is in {out}; the same command again goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    _report(work, graded, progress.summary())
    if graded.is_at_fault:
        raise typer.Exit(GraderFault.exit_code)
    if graded.problems:
        raise typer.Exit(UsageError.exit_code)


def _report(work: Batch, graded: Graded, summary: str) -> None:
    out, folder = work.out, ClassFolder(work.out)
    show("", class_table(work.rubric, graded.rows, console().width), "", *remarks(work.rubric, graded.rows))
    show(
        summary,
        f"Results:  {folder.results}",
        f"Feedback: {out / 'feedback'}",
        *([f"Kept:     {out / 'kept'}: what code has drawn, for whoever marks it"] if (out / "kept").is_dir() else []),
        f"Marks:    {out / 'marks.csv'}",
        f"Class:    {out / 'class.md'}: what was hard, which mistakes are common",
        f"Inbox:    {out / 'inbox.csv'}",
        *([f"To mark:  {folder.to_mark}, to be read in {folder.reading}"] if folder.to_mark.exists() else []),
    )
    for problem in graded.problems:
        tell(problem, "red")
    for failure in graded.unwritten:
        tell(failure, "bold magenta")
    undecided = [row.name for row in graded.rows if row.is_undecided]
    if undecided:
        who = ", ".join(undecided[:_NAMED]) + (f" and {len(undecided) - _NAMED} more" if undecided[_NAMED:] else "")
        tell(f"Not all could be decided, which costs nobody a mark, of {who}: the reasons are above.", "bold magenta")
