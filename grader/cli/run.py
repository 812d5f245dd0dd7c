"""`grader run`: one submission, graded and shown."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from grader.class_list import write_whole
from grader.cli.edge import show, tell, warn_if_unconfined
from grader.cli.options import AssignmentOption, CourseOption, Isolation, IsolationOption
from grader.course import Course
from grader.render.score import closing_words, feedback_blocks, score_table
from grader.result import Result
from grader.rubric.decimals import decimal_text, parse_marks
from grader.session import Grading, with_grader

BELOW = 1


def run(
    path: Annotated[Path, typer.Argument(help="A folder, a .py file or a notebook.")],
    assignment: AssignmentOption,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the result there as JSON; - for stdout.")
    ] = None,
    only: Annotated[
        str | None, typer.Option(metavar="GLOB", help="Only criteria or questions like this, e.g. '*.momentum*'.")
    ] = None,
    fail_under: Annotated[
        Fraction | None,
        typer.Option(metavar="N", parser=parse_marks, help="Exit with 1 when the marks are below N."),
    ] = None,
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Grade one submission: a table of marks, and what to say about each criterion that did not pass."""
    warn_if_unconfined(isolation)
    here = Course.find(course)
    grading = with_grader(
        here, here.rubric(assignment), isolation=isolation, only=only, body=lambda grader: grader.grade_patiently(path)
    )
    _report(grading, json)
    if fail_under is not None and Fraction(grading.result.marks) < fail_under:
        tell(f"{grading.result.marks} marks are below the {decimal_text(fail_under)} asked for.", "red")
        raise typer.Exit(BELOW)


def _report(grading: Grading, json: Path | None) -> None:
    if json == Path("-"):
        typer.echo(grading.result.to_json(), nl=False)
        return
    _show(grading.result)
    if json is not None:
        write_whole(json, grading.result.to_json())


def _show(result: Result) -> None:
    # The table comes last, where a terminal that has scrolled still shows it.
    show(*feedback_blocks(result), score_table(result), "", *closing_words(result))
