"""`grader batch`: an inbox, graded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.batch import Batch
from grader.cli.edge import show, tell, warn_if_unconfined
from grader.cli.options import AssignmentOption, CourseOption, Isolation, IsolationOption
from grader.course import Course
from grader.errors import GraderFault
from grader.render.class_table import class_table, remarks
from grader.render.console import console
from grader.render.progress import Progress

INTERRUPTED = 130


def batch(
    inbox: Annotated[Path, typer.Argument(help="A folder with a submission in each file or folder.")],
    assignment: AssignmentOption,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results/, feedback/ and the tables are written.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Submissions graded at the same time.")] = 1,
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade again what has been graded before.")] = False,
    only: Annotated[
        str | None, typer.Option(metavar="GLOB", help="Only criteria or questions like this, e.g. '*.momentum*'.")
    ] = None,
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Grade a folder of submissions. Started again, it grades only what is new or has changed."""
    warn_if_unconfined(isolation)
    here = Course.find(course, to_grade=inbox)
    work = Batch(here, here.rubric(assignment), inbox, out, jobs=jobs, isolation=isolation, fresh=fresh, only=only)
    try:
        with Progress() as progress:
            rows = work.grade(progress.expect, progress.done)
    except KeyboardInterrupt:
        tell(f"Interrupted. What is graded is in {out}; the same command again goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    show("", class_table(work.rubric, rows, console().width), "", *remarks(work.rubric, rows))
    show(
        progress.summary(),
        f"Results:  {out / 'results'}",
        f"Feedback: {out / 'feedback'}",
        *([f"Kept:     {out / 'kept'}: what code has drawn, for whoever marks it"] if (out / "kept").is_dir() else []),
        f"Marks:    {out / 'marks.csv'}",
        f"Class:    {out / 'class.md'}: what was hard, which mistakes are common",
        f"Inbox:    {out / 'inbox.csv'}",
        *([f"To mark:  {work.to_mark_file}, to be read in {work.reading_file}"] if work.to_mark_file.exists() else []),
    )
    if any(row.fault for row in rows):
        raise typer.Exit(GraderFault.exit_code)
