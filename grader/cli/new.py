"""`grader new`: creates a small assignment to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import show, staff_extra
from grader.core.errors import CourseError
from grader.core.text import counted
from grader.course.folder import Course
from grader.course.scaffold import new_assignment


def new(
    assignment: Annotated[str, typer.Argument(metavar="ID", help="The id of the assignment, e.g. lab1.")],
    course: Annotated[
        Path | None,
        typer.Option(
            "--course",
            metavar="DIR",
            help="The course folder, which need not exist yet; by default as for other commands.",
        ),
    ] = None,
) -> None:
    """Create an assignment, and a course if there is none: small examples of all parts, for you to change."""
    with staff_extra():
        from grader.course.stubs import write_stubs
    root = (course or _nearest()).resolve()
    files = new_assignment(root, assignment)
    here = Course.find(root)
    files += [here.student.relative_to(here.root) / name for name in write_stubs(here)]
    show(f"{here.root}: {counted(len(files), 'file')}", *(f"  {path.as_posix()}" for path in files))
    show(
        f"It works as it is: try `grader check {assignment}`, `grader audit {assignment}`, in that folder.",
        "Then change it, solution and docstring first, and try both again; docs/authoring.md is the guide.",
    )


def _nearest() -> Path:
    try:
        return Course.find(None).root
    except CourseError:
        return Path.cwd()
