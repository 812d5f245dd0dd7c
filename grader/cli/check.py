"""`grader check`: do rubric, suites, stubs and reference fit together?"""

from __future__ import annotations

from textwrap import indent
from typing import Annotated

import typer

from grader.cli.edge import show, staff_extra
from grader.cli.options import CourseOption, Isolation, IsolationOption
from grader.course import Course
from grader.errors import CourseError


def check(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="The assignments; all of the course if none is named.")
    ] = None,
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Check that every criterion has its checks, the reference earns full marks and untouched stubs none."""
    with staff_extra():
        from grader.fit import misfits
    here = Course.find(course)
    problems = []
    for assignment in assignments or here.demand_assignments():
        found = misfits(here, assignment, isolation)
        show(f"{assignment}: {'does not fit' if found else 'fits'}")
        show(*(indent(problem, "  ") for problem in found))
        problems += found
    if problems:
        raise typer.Exit(CourseError.exit_code)
