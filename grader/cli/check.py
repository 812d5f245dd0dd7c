"""`grader check`: whether rubric, suites, stubs and reference fit together."""

from __future__ import annotations

from textwrap import indent
from typing import Annotated

import typer

from grader.cli.edge import show, staff_extra
from grader.cli.options import CourseOption, Isolation, IsolationOption
from grader.core.errors import CourseError
from grader.course.folder import Course


def check(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="The assignments; by default all of the course.")
    ] = None,
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Check that every criterion has checks, and that the reference earns full marks and untouched stubs none."""
    with staff_extra():
        from grader.audit.course_check import misfits
    here = Course.find(course)
    problems = []
    for assignment in assignments or here.demand_assignments():
        found = misfits(here, assignment, isolation)
        show(f"{assignment}: {'does not fit' if found else 'fits'}")
        show(*(indent(problem, "  ") for problem in found))
        problems += found
    if problems:
        raise typer.Exit(CourseError.exit_code)
