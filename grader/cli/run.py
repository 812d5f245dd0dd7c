"""`grader run`: grades one submission and shows its marks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import emit, show, tell, warn_if_unconfined
from grader.cli.options import AssignmentOption, CourseOption, Isolation, IsolationOption, OnlyOption
from grader.cohort.jobs import graded_alone
from grader.cohort.reports import Order
from grader.core.decimals import decimal_text, parse_marks
from grader.core.errors import GraderFault, UsageError
from grader.core.files import write_whole
from grader.core.outcome import Outcome
from grader.core.text import printable
from grader.course.folder import Course
from grader.handmarking.attachments import write_kept
from grader.report.markdown import feedback_page
from grader.report.score import closing_words, feedback_blocks, score_table, skipped_words
from grader.results.feedback import Undecided
from grader.results.result import Result
from grader.results.signing import signed

BELOW = 1
STDOUT = Path("-")


def _marks(text: str | Fraction) -> Fraction:
    try:
        return parse_marks(text)
    except ValueError as error:
        raise typer.BadParameter(f"“{printable(str(text))}” {str(error).removeprefix('Value error, ')}") from error


def run(
    path: Annotated[Path, typer.Argument(help="A folder, a .py file, a notebook, a .zip or a .tar.gz.")],
    assignment: AssignmentOption,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the result to FILE as JSON; - for stdout.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help="Write marks and feedback to FILE; - for stdout.")
    ] = None,
    kept: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write files that checks kept for marking by hand to DIR.")
    ] = None,
    only: OnlyOption = None,
    fail_under: Annotated[
        Fraction | None,
        typer.Option(metavar="N", parser=_marks, help="Exit with 1 if the marks are below N."),
    ] = None,
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Grade one submission: print a table of marks, and feedback on each criterion that did not pass."""
    if json == markdown == STDOUT:
        raise UsageError("only one document can go to standard output", found="--json - and --markdown -")
    warn_if_unconfined(isolation)
    here = Course.find(course, to_grade=path)
    rubric = here.rubric(assignment)
    graded = graded_alone(Order(here.root, rubric.assignment, isolation, only, packages="tried", alone=True), path)
    result = graded.demand()
    if kept is not None:
        write_kept(kept, graded.kept)
    _report(signed(result, here.secret), json, markdown)
    if result.is_broken:
        # Marks that are not decided are neither below a threshold nor above it.
        _tell_undecided(result, graded.undecided)
        raise typer.Exit(GraderFault.exit_code)
    if fail_under is not None and Fraction(result.marks) < fail_under:
        tell(f"{result.marks} marks are below the required {decimal_text(fail_under)}.", "red")
        raise typer.Exit(BELOW)


def _tell_undecided(result: Result, found: Sequence[Undecided]) -> None:
    reasons = {one.criterion: one.reason for one in found}
    tell("Not everything could be decided, which costs the student no marks:", "bold magenta")
    for criterion in (c for c in result.criteria if c.outcome is Outcome.BROKEN):
        tell(f"  {criterion.id}: {reasons.get(criterion.id) or criterion.feedback}", "magenta")


def _report(result: Result, json: Path | None, markdown: Path | None) -> None:
    documents = [(json, result.to_json), (markdown, lambda: feedback_page(result))]
    if all(path != STDOUT for path, _ in documents):
        _show(result)
    for path, document in documents:
        if path == STDOUT:
            emit(document())
        elif path is not None:
            write_whole(path, document())


def _show(result: Result) -> None:
    # The table comes last, so that it is visible on a terminal that has scrolled.
    skipped = skipped_words(result)
    show(*feedback_blocks(result), score_table(result), "", *skipped, *[""] * bool(skipped), *closing_words(result))
