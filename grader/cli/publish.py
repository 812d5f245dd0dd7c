"""`grader publish`: marks and feedback as files that a learning platform imports."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.book import CONFLICT, ByOption, FolderArgument, tell_conflicts
from grader.cli.edge import logged_in, show, staff_extra, tell
from grader.cli.options import CourseOption
from grader.cohort.class_run import remembered_run
from grader.core.errors import CourseError
from grader.core.files import locked
from grader.course.folder import Course

if TYPE_CHECKING:  # students' `grader` has no database
    from grader.publish.outgoing import Outgoing

LEFT_OUT = 1


class PlatformName(StrEnum):
    """Where marks go: the keys of `PUBLISHERS` in `grader.publish.platforms`, which needs the database."""

    MOODLE = "moodle"
    CANVAS = "canvas"
    CSV = "csv"


def publish(
    folder: FolderArgument,
    to: Annotated[PlatformName, typer.Option("--as", help="What the files are for.")],
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            metavar="FILE",
            help="Moodle's grading worksheet or Canvas's gradebook, as just downloaded.",
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Canvas: the assignment's id, in brackets after its title. Moodle: grade=HEADER and the like, if "
            "the worksheet is in an unknown language.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be published.")] = False,
    zero_missing: Annotated[bool, typer.Option("--zero-missing", help="Give 0 if nothing was handed in.")] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="Also publish marks that differ from those that students have seen.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace grades that were entered on the platform itself.")
    ] = False,
    stale: Annotated[
        bool,
        typer.Option("--stale", help="Write grades that Moodle accepts only if a box is ticked during the import."),
    ] = False,
    by: ByOption = "",
    course: CourseOption = None,
) -> None:
    """Write a class's marks and feedback as files that Moodle or Canvas imports, or as a table of everything."""
    with staff_extra("class"):
        from grader.book.history import Conflict
        from grader.book.marks import open_book
        from grader.publish.delivery import Delivery
        from grader.publish.outgoing import Wishes
        from grader.publish.platforms import PUBLISHERS, Destination, prepared
        from grader.publish.published import record

    book, who, conflicts = open_book(folder), by or logged_in(), list[Conflict]()
    with locked(folder):
        title, wishes = _title(folder, course, book.assignment), Wishes(zero_missing, changed, overwrite, stale)
        platform = prepared(folder, Destination(to.value, file, column or [], (title, book.assignment), wishes))
        _report(platform.outgoing, PUBLISHERS[to].title)
        if dry_run:
            show("Nothing was written.")
        else:
            written = Delivery(folder, book.assignment, title).write(platform)
            conflicts = record(book, to.value, platform.outgoing.sent, who)
            tell_conflicts(conflicts)
            show("Written:", *(f"  {path}" for path in written))
    if conflicts or not platform.outgoing.is_whole:
        raise typer.Exit(CONFLICT if conflicts else LEFT_OUT)


def _title(folder: Path, course: Path | None, assignment: str) -> str:
    """Return the assignment's title, or its id if the course that it was graded with is not available."""
    run = remembered_run(folder)
    try:
        return Course.find(course or (run.course if run else None)).rubric(assignment).title
    except CourseError:
        if course is not None:
            raise
        return assignment


def _report(outgoing: Outgoing, platform: str) -> None:
    from grader.publish.left_out import left_out_table, others_words, sent_words

    show(sent_words(outgoing, platform), *filter(None, [others_words(outgoing)]))
    for warning in outgoing.warnings:
        tell(f"WARNING: {warning}", "yellow")
    if outgoing.left:
        show("", left_out_table(outgoing), "")
