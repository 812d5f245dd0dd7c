"""`grader stubs`: writes student/ from reference/."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.edge import show, staff_extra
from grader.cli.options import CourseOption
from grader.core.files import write_whole
from grader.course.folder import Course

STALE = 1


def stubs(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a stub is out of date.")
    ] = False,
    course: CourseOption = None,
) -> None:
    """Write student/ from reference/, everything except the solutions, and the example of each answer sheet."""
    here = Course.find(course)
    here.demand_assignments()
    with staff_extra():
        from grader.course.stubs import stale_stubs, write_stubs
        from grader.grading.answer_sheets import stale_examples
    changed = [here.student / name for name in (stale_stubs(here) if check else write_stubs(here))]
    examples = stale_examples(here)
    if not check:
        for path, text in examples.items():
            write_whole(path, text)
    said = "is out of date; run `grader stubs`" if check else "written"
    changed += examples
    show(*(f"{path}: {said}" for path in changed))
    if not changed:
        show(f"{here.student}: all stubs are up to date")
    if check and changed:
        raise typer.Exit(STALE)
