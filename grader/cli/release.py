"""`grader release`: writes an assignment as students get it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import show, staff_extra
from grader.cli.options import CourseOption
from grader.core.text import counted
from grader.course.folder import Course


class Format(StrEnum):
    """The form of the stubs that students fill in."""

    PY = "py"
    IPYNB = "ipynb"
    BOTH = "both"


def release(
    assignment: Annotated[str, typer.Argument(metavar="ID", help="The assignment, as `grader list` names it.")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="A folder that is empty or does not exist yet.")],
    form: Annotated[Format, typer.Option("--format", help="Stubs as modules, as a notebook, or both.")] = Format.PY,
    solutions: Annotated[
        bool,
        typer.Option(
            "--solutions",
            help="Write what students get after the deadline: the reference, model answers with their marking keys, "
            "and the notebook that solves the whole assignment.",
        ),
    ] = False,
    course: CourseOption = None,
) -> None:
    """Write what students get: stubs, public checks, a page that explains them, and the engine."""
    here = Course.find(course)
    with staff_extra():
        from grader.kit.release import kit_files, write_kit
        from grader.kit.solutions import solution_files
    if solutions:
        files = solution_files(here, assignment)
    else:
        files = kit_files(here, assignment, {Format.PY, Format.IPYNB} if form is Format.BOTH else {form})
    write_kit(files, to)
    show(f"{to}: {counted(len(files), 'file')}", *(f"  {name}" for name in sorted(files)))
    kept = "These are the solutions: hand them out after the deadline, not before."
    show(kept if solutions else "Hand out the whole folder; its README.md says how to begin.")
