"""`grader verify`: whether results are unchanged, and whether the same work still earns the same marks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import show, warn_if_unconfined
from grader.cli.options import CourseOption, Isolation, IsolationOption
from grader.cohort.verification import CheckedDocument, graded_again, read
from grader.core.errors import GraderFault
from grader.core.text import printable
from grader.course.folder import Course
from grader.results.signing import Standing

NOT_VERIFIED = 1
_WORDS = {
    Standing.SIGNED: "as it was written",
    Standing.CHANGED: "CHANGED after it was written",
    Standing.UNSIGNED: "unsigned: nobody can tell whether it was changed",
}


def verify(
    results: Annotated[list[Path], typer.Argument(metavar="RESULT...", help="Results, e.g. out/results/ada.json.")],
    again: Annotated[
        bool, typer.Option("--again", help="Grade the same work again, and compare marks and outcomes.")
    ] = False,
    inbox: Annotated[Path, typer.Option(metavar="DIR", help="Where the work of the results is, for --again.")] = Path(),
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Check whether results were changed since they were graded; a course with a secret signs them."""
    here = Course.find(course, to_grade=inbox if again else None)
    documents = [read(file, here) for file in results]
    verified = [_told(document, demanded=bool(here.secret)) for document in documents]
    if again:
        warn_if_unconfined(isolation)
        graded = graded_again(here, documents, inbox, isolation)
        for document, one in zip(documents, graded, strict=True):
            show(f"{printable(str(document.file))}: graded again, {'it differs' if one.differences else 'the same'}")
            show(*(f"  {line}" for line in one.differences))
        if any(one.is_broken for one in graded):
            raise typer.Exit(GraderFault.exit_code)
        verified += [not one.differences for one in graded]
    if not all(verified):
        raise typer.Exit(NOT_VERIFIED)


def _told(document: CheckedDocument, *, demanded: bool) -> bool:
    """Report what the signature shows; return whether that suffices, in a course whose results are signed or not."""
    show(f"{printable(str(document.file))}: {_WORDS[document.standing]}")
    return document.standing is Standing.SIGNED or (document.standing is Standing.UNSIGNED and not demanded)
