"""`grader new`: an assignment to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import show, staff_extra
from grader.course import Course
from grader.errors import CourseError
from grader.render.text import counted
from grader.scaffold import new_assignment


def new(
    assignment: Annotated[str, typer.Argument(metavar="ID", help="What the assignment is to be called, e.g. lab1.")],
    course: Annotated[
        Path | None,
        typer.Option(
            "--course", metavar="DIR", help="The course folder, which may not be there yet; by default as elsewhere."
        ),
    ] = None,
) -> None:
    """Begin an assignment, and a course if there is none: all of its parts, small, for you to change."""
    with staff_extra():
        from grader.stubs import write_stubs
    root = (course or _nearest()).resolve()
    files = new_assignment(root, assignment)
    here = Course.find(root)
    files += [here.student.relative_to(here.root) / name for name in write_stubs(here)]
    show(f"{here.root}: {counted(len(files), 'file')}", *(f"  {path.as_posix()}" for path in files))
    show(
        f"It works as it stands: `grader check {assignment}`, `grader audit {assignment}`, in that folder.",
        "Then make it yours, solution and docstring first, and try both again: docs/authoring.md is the guide.",
    )


def _nearest() -> Path:
    try:
        return Course.find(None).root
    except CourseError:
        return Path.cwd()
